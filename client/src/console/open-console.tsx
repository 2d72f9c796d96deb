import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { OpenShop } from '../shop/open-shop.ts';
import { createDateFormats } from '../text/date-formats.ts';
import { LanguageContext, useLanguage } from '../text/language.ts';
import type { LanguageTag } from '../text/languages.ts';
import { ConsolePage } from './ConsolePage.tsx';
import { ConsoleContext, openConsoleServices } from './console-context.ts';
import { ConsoleTextsContext, loadConsoleTexts } from './text/console-texts.ts';
import type { ConsoleTexts } from './text/english.ts';

/** Opens the console on an open shop. */
export async function openConsole(shop: OpenShop, tag: LanguageTag): Promise<ReactNode> {
  const services = openConsoleServices(shop);
  const first = await loadConsoleTexts(tag);
  return (
    <ConsoleContext value={services}>
      <ConsoleTextsRoot first={first} firstTag={tag}>
        <WithYears>
          <ConsolePage />
        </WithYears>
      </ConsoleTextsRoot>
    </ConsoleContext>
  );
}

/** The console lists sales of several years, so every date has its year. */
function WithYears({ children }: { children: ReactNode }) {
  const choice = useContext(LanguageContext);
  const withYears = useMemo(() => {
    const { language } = choice;
    const { formats } = language;
    const dates = createDateFormats([...formats.locales], undefined, 'always');
    return { ...choice, language: { ...language, formats: { ...formats, ...dates } } };
  }, [choice]);
  return <LanguageContext value={withYears}>{children}</LanguageContext>;
}

/** Follows the language of the page, whose own texts may be there a moment earlier. */
function ConsoleTextsRoot(props: { first: ConsoleTexts; firstTag: LanguageTag; children: ReactNode }) {
  const { tag } = useLanguage();
  const [loaded, setLoaded] = useState({ tag: props.firstTag, texts: props.first });
  useEffect(() => {
    let wanted = true;
    if (loaded.tag !== tag) {
      void loadConsoleTexts(tag).then((texts) => {
        if (wanted) setLoaded({ tag, texts });
      });
    }
    return () => {
      wanted = false;
    };
  }, [tag, loaded.tag]);
  return <ConsoleTextsContext value={loaded.texts}>{props.children}</ConsoleTextsContext>;
}
