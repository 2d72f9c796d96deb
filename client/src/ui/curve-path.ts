/** A count, and when it became that. */
export interface CurvePoint {
  serverMs: number;
  remaining: number;
}

export interface CurveFrame {
  fromMs: number;
  toMs: number;
  /** The count at the upper edge. */
  most: number;
  width: number;
  height: number;
}

/** Steps, since the count stays what it is until it changes: a slope between two points would show counts that never were. */
export function curvePath(
  points: readonly CurvePoint[],
  frame: CurveFrame,
): { line: string; area: string; endY: number } {
  const { fromMs, toMs, most, width, height } = frame;
  const [first] = points;
  if (first === undefined || toMs <= fromMs || most <= 0) {
    return { line: '', area: '', endY: 0 };
  }
  const x = (ms: number) => round((width * (Math.min(ms, toMs) - fromMs)) / (toMs - fromMs));
  const y = (remaining: number) => round(height * (1 - Math.max(0, Math.min(1, remaining / most))));
  const last = points.at(-1) ?? first;
  let line = `M${x(first.serverMs)} ${y(first.remaining)}`;
  for (const point of points.slice(1)) {
    line += `H${x(point.serverMs)}V${y(point.remaining)}`;
  }
  line += `H${x(toMs)}`;
  return { line, area: `${line}V${height}H${x(first.serverMs)}Z`, endY: y(last.remaining) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
