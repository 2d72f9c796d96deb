import { useLanguage } from '../../text/language.ts';
import { useView } from '../use-view.ts';

/** Marks a demo or a rehearsal, so that it is not mistaken for a real sale. */
export function SimulatedMark() {
  const { texts } = useLanguage();
  // Older servers do not send this field.
  const simulated = useView(({ model }) => model.sale?.simulated === true);
  return simulated ? (
    <p
      data-testid="simulated"
      className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 py-2 text-sm text-pretty text-muted"
    >
      <strong className="rounded-full border border-dashed border-accent-ink px-3 py-1 font-semibold whitespace-nowrap text-accent-ink">
        {texts.simulated.label}
      </strong>
      {texts.simulated.detail}
    </p>
  ) : null;
}
