import { quietButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { Pages } from './use-pages.ts';

/** Nothing where there is only one page. `next`: where the next page begins; null on the last. */
export function PageSteps(props: { pages: Pages; next: string | null; className?: string }) {
  const words = useConsoleTexts().after;
  const { pages, next } = props;
  if (pages.number === 1 && next === null) return null;
  return (
    <div className={`flex flex-wrap gap-2 ${props.className ?? ''}`}>
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
    </div>
  );
}
