import { escaped } from './svg.ts';

export interface Curve {
  name: string;
  points: readonly { x: number; y: number }[];
}

export interface PlotText {
  title: string;
  x: string;
  y: string;
}

const width = 640;
const height = 320;
const left = 70;
const right = 20;
const top = 44;
const bottom = 52;
/** Also distinguishable with colour blindness. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'] as const;

/** A plot as SVG: x by equal steps, y from 0. It takes light or dark from the reader's setting. */
export function plotSvg({ title, x, y }: PlotText, curves: readonly Curve[]): string {
  const xs = [...new Set(curves.flatMap((curve) => curve.points.map((point) => point.x)))].sort(
    (a, b) => a - b,
  );
  const yMax = roundUp(Math.max(...curves.flatMap((curve) => curve.points.map((point) => point.y))));
  const xOf = (value: number) =>
    xs.length === 1
      ? (left + width - right) / 2
      : left + (xs.indexOf(value) / (xs.length - 1)) * (width - left - right);
  const yOf = (value: number) => height - bottom - (value / yMax) * (height - top - bottom);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = yOf(part * yMax);
    return `<line class="g" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/>${label(left - 8, at + 4, 'end', tick(part * yMax))}`;
  });
  const marks = xs.map((value) =>
    label(xOf(value), height - bottom + 18, 'middle', value.toLocaleString('en')),
  );
  const lines = curves.map((curve, i) => {
    const colour = colours[i % colours.length];
    const points = curve.points.map((point) => `${xOf(point.x).toFixed(1)},${yOf(point.y).toFixed(1)}`);
    const dots = points.map((point) => {
      const [cx, cy] = point.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`;
    });
    const key = `<rect x="${left + i * 180}" y="${top - 14}" width="10" height="10" fill="${colour}"/>${label(left + 15 + i * 180, top - 5, 'start', curve.name)}`;
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${key}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#1f2328}.t{font-weight:600;font-size:14px}.g{stroke:#d1d9e0}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#3d444d}}</style>',
    `<text class="t" x="${left}" y="18">${escaped(title)}</text>`,
    ...grid,
    ...marks,
    label((left + width - right) / 2, height - 10, 'middle', x),
    `<text transform="translate(14 ${height / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function label(x: number, y: number, anchor: string, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function tick(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
