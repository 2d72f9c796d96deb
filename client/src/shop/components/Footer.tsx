import type { ReactNode } from 'react';
import { LanguageSwitch } from '../../text/LanguageSwitch.tsx';
import { useLanguage } from '../../text/language.ts';

export function Footer(props: { notes: ReactNode }) {
  const { texts } = useLanguage();
  return (
    <footer>
      {props.notes}
      <div className="flex flex-col gap-x-8 gap-y-2 border-t border-line py-4 text-sm text-muted sm:flex-row sm:items-center">
        <p className="flex-1 text-pretty">{texts.footer}</p>
        <div className="flex items-center gap-x-5">
          <a
            href="/board"
            className="inline-flex min-h-11 items-center font-medium text-ink underline-offset-4 hover:underline"
          >
            {texts.board}
          </a>
          <LanguageSwitch />
        </div>
      </div>
    </footer>
  );
}
