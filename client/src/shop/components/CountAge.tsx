import { useLanguage } from '../../text/language.ts';
import { useView } from '../use-view.ts';

/** The age of the count, if it is not current. */
export function CountAge() {
  const { texts, formats } = useLanguage();
  const text = useView(({ model, now, stale, frozen }) => {
    if (frozen !== null) {
      return texts.frozenAt(formats.secondMoment(frozen.atServerMs));
    }
    if (stale === null) {
      return null;
    }
    return model.freshAt === null ? texts.lastKnown : texts.asOf(formats.age(now - model.freshAt));
  });
  return text === null ? null : <span data-testid="age">{text}</span>;
}
