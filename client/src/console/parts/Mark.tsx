import { Glyph } from '../../ui/Glyph.tsx';

/** Right or not, by shape and by word. */
export function Mark(props: { ok: boolean; label: string }) {
  return (
    <span className={`mt-0.5 shrink-0 ${props.ok ? 'text-good' : 'text-danger'}`}>
      <Glyph strokeWidth={2.2}>
        <circle cx="10" cy="10" r="8" strokeWidth="1.6" />
        <path d={props.ok ? 'm6.500 10.300 2.400 2.400 4.800-5.200' : 'm7 7 6 6M13 7l-6 6'} />
      </Glyph>
      <span className="sr-only">{props.label}: </span>
    </span>
  );
}
