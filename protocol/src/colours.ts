/* The shop's two colours, and the ones that the pages derive from them. Contrast is that of WCAG 2.2: text needs 4.5 to 1 (AA). */

export interface ShopColours {
  /** For buttons, bars and marks; its text colour is the same in light and dark mode. */
  accent: string | null;
  /** Behind the product; dark mode uses a dark shade of it. */
  backdrop: string | null;
}

export const contrastMin = 4.5;
export const builtInAccent = '#ff5b22';

const modes = ['light', 'dark'] as const;
export type Mode = (typeof modes)[number];

/** Built-in colours of styles.css that the shop's colours are next to. */
const page = {
  light: { surfaces: ['#f5f3ee', '#fffefb', '#e2ddd2'], ink: '#16140f' },
  dark: { surfaces: ['#0f0f0d', '#1a1916', '#2a2823'], ink: '#f5f2ea' },
} as const;
const darkStage = '#191714';
const textsOnAccent = ['#1d0a02', '#ffffff'] as const;

/** Why a pair of colours is refused: text on one of them would be hard to read. */
export interface Unreadable {
  colour: keyof ShopColours;
  mode: Mode;
  /** N of a contrast of N to 1. */
  contrast: number;
}

/** Null: text on both is readable, in light and dark. */
export function unreadableOf(colours: ShopColours): Unreadable | null {
  for (const mode of modes) {
    for (const colour of ['accent', 'backdrop'] as const) {
      const given = colours[colour];
      if (given === null) continue;
      const pairs =
        colour === 'accent'
          ? [[given, textOn(given)] as const]
          : stageOf(given, mode).map((each) => [each, page[mode].ink] as const);
      const contrast = Math.min(...pairs.map(([behind, text]) => contrastOf(behind, text)));
      if (contrast < contrastMin) return { colour, mode, contrast };
    }
  }
  return null;
}

/** Values of the style variables of the pages, as in client/src/styles.css; empty where the shop has no colours. */
export function paletteOf({ accent, backdrop }: ShopColours, mode: Mode): Record<string, string> {
  const [first = '', second = ''] = backdrop === null ? [] : stageOf(backdrop, mode);
  return {
    ...(accent !== null && {
      '--accent': accent,
      '--accent-strong': mixed(accent, textOn(accent) === '#ffffff' ? '#000000' : '#ffffff', 0.15),
      '--on-accent': textOn(accent),
      '--accent-ink': readable(accent, mode),
    }),
    ...(backdrop !== null && { '--stage-1': first, '--stage-2': second }),
  };
}

/** The text colour that is easier to read on this one. */
export function textOn(colour: string): string {
  const [dark, light] = textsOnAccent;
  return contrastOf(colour, dark) >= contrastOf(colour, light) ? dark : light;
}

/** 1 (the same) to 21 (black on white). */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The two ends of the gradient behind the product. */
function stageOf(backdrop: string, mode: Mode): [string, string] {
  return mode === 'light'
    ? [backdrop, mixed(backdrop, page.light.surfaces[0], 0.5)]
    : [mixed(darkStage, backdrop, 0.25), mixed(darkStage, backdrop, 0.08)];
}

/** The colour as text on the page: mixed with the ink until it is readable. */
function readable(colour: string, mode: Mode): string {
  const { surfaces, ink } = page[mode];
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mixed(colour, ink, share);
    if (surfaces.every((surface) => contrastOf(surface, shade) >= contrastMin)) return shade;
  }
  return ink;
}

/** `share` of the other colour, 0 to 1. */
export function mixed(one: string, other: string, share: number): string {
  const [from, to] = [partsOf(one), partsOf(other)];
  return `#${from
    .map((part, index) => Math.round(part + ((to[index] ?? 0) - part) * share))
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function partsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
