import { useContext } from 'react';
import { LanguageContext } from './language.ts';
import { isLanguageTag, languages, languageTags } from './languages.ts';

export function LanguageSwitch() {
  const { language, choose } = useContext(LanguageContext);
  return (
    <label className="inline-flex min-h-11 items-center gap-1.5 text-ink">
      <svg
        viewBox="0 0 20 20"
        aria-hidden="true"
        className="size-4.5 shrink-0"
        fill="none"
        stroke="currentColor"
      >
        <circle cx="10" cy="10" r="7.5" strokeWidth="1.4" />
        <path
          d="M2.5 10h15M10 2.5c2.4 2.2 3.4 4.7 3.4 7.5s-1 5.300-3.400 7.500c-2.400-2.200-3.400-4.700-3.400-7.500s1-5.300 3.400-7.500Z"
          strokeWidth="1.4"
        />
      </svg>
      <span className="sr-only">{language.texts.language}</span>
      <select
        value={language.tag}
        onChange={(event) => {
          const tag = event.target.value;
          if (isLanguageTag(tag)) {
            choose(tag);
          }
        }}
        className="min-h-11 cursor-pointer rounded-lg bg-transparent pe-1 font-medium"
      >
        {languageTags.map((tag) => (
          <option key={tag} value={tag} lang={tag} className="bg-card text-ink">
            {languages[tag].name}
          </option>
        ))}
      </select>
    </label>
  );
}
