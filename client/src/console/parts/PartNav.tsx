import { useConsoleTexts } from '../text/console-texts.ts';
import { parts, usePart } from './use-part.ts';

/** On a phone all four are at the bottom of the screen, near the thumb. */
export function PartNav() {
  const texts = useConsoleTexts();
  const current = usePart();
  return (
    <nav
      aria-label={texts.parts}
      className="z-20 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:border-t max-sm:border-line max-sm:bg-card max-sm:px-2 max-sm:pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="flex gap-1 rounded-2xl sm:border sm:border-line sm:bg-card sm:p-1">
        {parts.map((part) => (
          <li key={part} className="max-sm:flex-1">
            <a
              href={`#${part}`}
              aria-current={part === current ? 'page' : undefined}
              className="flex min-h-11 items-center justify-center rounded-xl px-3 text-sm font-semibold text-muted hover:text-ink aria-[current]:text-ink max-sm:min-h-14 max-sm:px-1 max-sm:rounded-none max-sm:text-[0.8125rem] max-sm:aria-[current]:[box-shadow:inset_0_3px_var(--accent)] sm:aria-[current]:bg-track"
            >
              {texts.part[part]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
