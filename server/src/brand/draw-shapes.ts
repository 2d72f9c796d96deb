/** A filled polygon, in the units of its drawing. */
export interface Shape {
  points: readonly (readonly [x: number, y: number])[];
  /** `#rrggbb` */
  colour: string;
}

export interface Drawing {
  width: number;
  height: number;
  shapes: readonly Shape[];
}

/** For a product without an image: a parcel, which may have anything in it. As client/src/ui/ParcelVisual.tsx draws it. */
export const parcel = (accent: string): Drawing => ({
  width: 520,
  height: 560,
  shapes: [
    {
      points: [
        [260, 92],
        [448, 178],
        [260, 264],
        [72, 178],
      ],
      colour: '#f4ecdf',
    },
    {
      points: [
        [72, 178],
        [72, 384],
        [260, 476],
        [260, 264],
      ],
      colour: '#d6c7b3',
    },
    {
      points: [
        [448, 178],
        [448, 384],
        [260, 476],
        [260, 264],
      ],
      colour: '#a4917a',
    },
    {
      points: [
        [144, 145],
        [332, 231],
        [332, 289],
        [360, 276],
        [360, 218],
        [172, 132],
      ],
      colour: accent,
    },
  ],
});

/** The built-in mark, on a square that is full of its colour. */
export const mark = (accent: string, onAccent: string): Drawing => ({
  width: 32,
  height: 32,
  shapes: [
    {
      points: [
        [0, 0],
        [32, 0],
        [32, 32],
        [0, 32],
      ],
      colour: accent,
    },
    {
      points: [
        [17.6, 4.8],
        [8.4, 18],
        [14.5, 18],
        [13.2, 27.2],
        [22.9, 13.6],
        [16.5, 13.6],
      ],
      colour: onAccent,
    },
  ],
});

/** RGBA, row by row, `scale` pixels to a unit; without soft edges, so draw it larger than it is shown. */
export function drawShapes({ width, height, shapes }: Drawing, scale: number) {
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)];
  const data = Buffer.alloc(columns * rows * 4);
  for (const { points, colour } of shapes) {
    const pixel = Buffer.from(`${colour.slice(1)}ff`, 'hex');
    for (let row = 0; row < rows; row++) {
      const crossings = crossingsAt(points, (row + 0.5) / scale);
      for (let index = 0; index + 1 < crossings.length; index += 2) {
        const from = Math.max(0, Math.round((crossings[index] ?? 0) * scale));
        const to = Math.min(columns, Math.round((crossings[index + 1] ?? 0) * scale));
        if (to > from) data.fill(pixel, (row * columns + from) * 4, (row * columns + to) * 4);
      }
    }
  }
  return { data, width: columns, height: rows };
}

/** Where the outline crosses a height, from left to right. */
function crossingsAt(points: Shape['points'], y: number): number[] {
  return points
    .flatMap(([x1, y1], index) => {
      const [x2, y2] = points[(index + 1) % points.length] as readonly [number, number];
      return y1 <= y === y2 <= y ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)];
    })
    .sort((a, b) => a - b);
}
