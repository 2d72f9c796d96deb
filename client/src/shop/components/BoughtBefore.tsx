import { useLanguage } from '../../text/language.ts';
import { useView } from '../use-view.ts';

/** The answer to a press in the sale before this one has come. */
export function BoughtBefore() {
  const { texts, formats } = useLanguage();
  const unit = useView(({ model }) => model.boughtBefore?.unit ?? null);
  return (
    <p
      role="status"
      data-testid="bought-before"
      className="mb-6 rounded-2xl border border-line bg-card p-4 text-pretty empty:hidden sm:p-5"
    >
      {unit !== null && texts.message.boughtBefore(formats.number(unit))}
    </p>
  );
}
