import { useId } from 'react';
import { type CurvePoint, curvePath } from './curve-path.ts';

const width = 1000;
const height = 240;
/** So that a sale that has just opened does not look as if it were over. */
const spanMsMin = 10_000;

/** The count over time, to be looked at; the numbers beside it say the same in words. It runs as the language does. */
export function Curve(props: {
  points: readonly CurvePoint[];
  /** The count at the upper edge, so that the curve and the bar tell the same of it. */
  quantity: number;
  /** Up to when the count is known; null where it has ended, with the last change. */
  toMs: number | null;
  stale: boolean;
  className: string;
}) {
  const fill = useId();
  const toMs = props.toMs ?? props.points.at(-1)?.serverMs ?? 0;
  const fromMs = props.points[0]?.serverMs ?? toMs;
  const frame = { fromMs, toMs, most: props.quantity, width, height };
  const span = Math.max(props.toMs === null ? 0 : spanMsMin, toMs - fromMs);
  const { line, area, endY } = curvePath(props.points, frame);
  const color = props.stale ? 'text-muted' : 'text-accent';
  // Drawn over the time that there was, then squeezed into the time that there is at least.
  const scale = span === 0 ? 1 : (toMs - fromMs) / span;
  return (
    <svg
      data-curve
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`w-full overflow-visible rtl:-scale-x-100 ${color} ${props.className}`}
    >
      <line
        x1="0"
        x2={width}
        y1="0"
        y2="0"
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
        strokeDasharray="2 6"
      />
      <defs>
        <linearGradient id={fill} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.26" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0.04" />
        </linearGradient>
      </defs>
      <g transform={`scale(${scale} 1)`}>
        <path d={area} fill={`url(#${fill})`} />
        <path
          d={line}
          fill="none"
          stroke="currentColor"
          strokeWidth="2.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
        {line !== '' && (
          <path
            d={`M${width} ${endY}h0.01`}
            stroke="currentColor"
            strokeWidth="9"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </g>
    </svg>
  );
}
