import { quietButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { Pages } from './use-pages.ts';

/** `next`: where the next page begins; null on the last. */
export function PageSteps({ pages, next }: { pages: Pages; next: string | null }) {
  const words = useConsoleTexts().after;
  return (
    <>
      {pages.number > 1 && (
        <button type="button" className={quietButton} onClick={pages.previous}>
          {words.previous}
        </button>
      )}
      {next !== null && (
        <button type="button" className={quietButton} onClick={() => pages.next(next)}>
          {words.next}
        </button>
      )}
    </>
  );
}
