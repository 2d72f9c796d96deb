import { useActions, useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { BrandMark } from '../../ui/BrandMark.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { linkButton } from './looks.ts';
import { PartNav } from './PartNav.tsx';

export function ConsoleHeader(props: { signedIn: boolean }) {
  const { texts } = useLanguage();
  const words = useConsoleTexts();
  const actions = useActions();
  const operator = useView(({ model }) => model.customer?.id ?? null);
  return (
    <header className="flex flex-wrap items-center gap-x-5 gap-y-1 py-2">
      <h1 className="flex items-center gap-2.5 text-lg font-bold tracking-tight">
        <BrandMark />
        {words.title}
      </h1>
      {props.signedIn && (
        <>
          <PartNav />
          <span className="ms-auto flex min-w-0 items-center gap-x-3 text-sm">
            <span className="min-w-0 truncate text-muted">
              <span className="sr-only">{texts.signedInAs} </span>
              <bdi translate="no" className="font-medium">
                {operator}
              </bdi>
            </span>
            <button type="button" className={linkButton} onClick={() => actions.signOut()}>
              {texts.signOut}
            </button>
          </span>
        </>
      )}
    </header>
  );
}
