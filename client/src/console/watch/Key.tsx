import { lineLook } from './line-looks.ts';

/** A piece of the line as the chart draws it, with its dashes. */
export function Key(props: { line: number }) {
  const { colour, dash } = lineLook(props.line);
  return (
    <svg viewBox="0 0 24 4" aria-hidden="true" className="h-1 w-6 shrink-0">
      <line
        x1="0"
        x2="24"
        y1="2"
        y2="2"
        stroke={`var(${colour})`}
        strokeWidth="2.5"
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}
