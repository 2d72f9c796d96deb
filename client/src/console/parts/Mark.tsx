import { Glyph } from '../../ui/Glyph.tsx';

const right = { colour: 'text-good', shape: 'm6.500 10.300 2.400 2.400 4.800-5.200' };
const wrong = { colour: 'text-danger', shape: 'm7 7 6 6M13 7l-6 6' };
const idle = { colour: 'text-muted', shape: 'M6.500 10h7' };

/** Passed, failed, or not needed, by shape and by word. */
export function Mark(props: { ok: boolean; idle?: boolean | undefined; label: string }) {
  const look = props.idle ? idle : props.ok ? right : wrong;
  return (
    <span className={`mt-0.5 shrink-0 ${look.colour}`}>
      <Glyph strokeWidth={2.2}>
        <circle cx="10" cy="10" r="8" strokeWidth="1.6" />
        <path d={look.shape} />
      </Glyph>
      <span className="sr-only">{props.label}: </span>
    </span>
  );
}
