"""Makes arabic-figures.woff2 out of IBM Plex Sans Arabic SemiBold (npm: @fontsource/ibm-plex-sans-arabic, pip: fonttools, brotli).

Only the digits and their separators are kept. All digits get one width, so that a number does not jump while it counts, and the zero
a larger dot: at the size of a headline the usual one reads as punctuation. All of them are as tall as the digits of Geist.

    python3 make-arabic-figures.py ibm-plex-sans-arabic-arabic-600-normal.woff2 arabic-figures.woff2
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

DIGITS = range(0x660, 0x66A)
SEPARATORS = (0x66A, 0x66B, 0x66C)
WIDTH = 620
SCALE = 1.15
DOT_SCALE = 1.32
FAMILY = "Flipzon Arabic Figures"

source, target = sys.argv[1:]
font = TTFont(source)
subsetter = Subsetter(Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]))
subsetter.populate(unicodes=[*DIGITS, *SEPARATORS])
subsetter.subset(font)
glyphs, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()


def transform(name, scale, dx, dy):
    glyph = glyphs[name]
    glyph.expand(glyphs)
    glyph.coordinates.scale((scale, scale))
    glyph.coordinates.translate((round(dx), round(dy)))
    glyph.coordinates.toInt()
    glyph.recalcBounds(glyphs)


for code in DIGITS:
    name = names[code]
    glyph = glyphs[name]
    scale = DOT_SCALE if code == 0x660 else SCALE
    middle_x, middle_y = (glyph.xMin + glyph.xMax) / 2, (glyph.yMin + glyph.yMax) / 2
    transform(name, scale, WIDTH / 2 - scale * middle_x, (SCALE - scale) * middle_y)
    widths[name] = (WIDTH, glyphs[name].xMin)

for record in font["name"].names:
    if record.nameID in (1, 3, 4):
        record.string = FAMILY
    elif record.nameID == 6:
        record.string = FAMILY.replace(" ", "")

font.flavor = "woff2"
font.save(target)
