import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Storage } from '../storage.ts';
import { type Language, LanguageContext, loadLanguage } from './language.ts';
import type { LanguageTag } from './languages.ts';

export const languageKey = 'flipzon.language';

/** Holds the language of the page and lets it be changed; the choice is remembered on the device. */
export function LanguageRoot(props: { first: Language; storage: Storage; children: ReactNode }) {
  const { first, storage } = props;
  const [language, setLanguage] = useState(first);
  const wanted = useRef<LanguageTag>(first.tag);

  useLayoutEffect(() => {
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.direction;
  }, [language]);

  const choice = useMemo(
    () => ({
      language,
      choose(tag: LanguageTag) {
        wanted.current = tag;
        storage.write(languageKey, tag);
        void loadLanguage(tag, navigator.languages).then((loaded) => {
          // Of two choices, the last one applies.
          if (wanted.current === tag) {
            setLanguage(loaded);
          }
        });
      },
    }),
    [language, storage],
  );
  return <LanguageContext value={choice}>{props.children}</LanguageContext>;
}
