/** The sign beside the words, for visitors who cannot distinguish colours. */
export type Mark = 'wait' | 'stop' | 'pause' | 'clock';

const strokes: Record<Mark, string> = {
  wait: 'M5 10h.01M10 10h.01M15 10h.01',
  stop: 'M7 7l6 6M13 7l-6 6',
  pause: 'M8 7v6M12 7v6',
  clock: 'M10 6v4l2.6 2',
};

const ring = 'M10 1.800a8.200 8.200 0 1 1 0 16.400a8.200 8.200 0 1 1 0-16.400Z';

export function NoticeMark(props: { mark: Mark }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className="mt-0.5 size-5 shrink-0 text-accent-ink"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    >
      <path d={ring} />
      <path d={strokes[props.mark]} />
    </svg>
  );
}
