import { type RefObject, useRef } from 'react';
import { field, quietButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const searchLengthMax = 200;

export function SearchForm(props: {
  label: string;
  input?: RefObject<HTMLInputElement | null>;
  onSearch: (text: string) => void;
}) {
  const words = useConsoleTexts().after;
  const own = useRef<HTMLInputElement>(null);
  const typed = props.input ?? own;
  return (
    <search className="flex min-w-0 flex-1 max-sm:basis-full sm:max-w-md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSearch(typed.current?.value.trim() ?? '');
        }}
        className="flex min-w-0 flex-1 gap-2"
      >
        <input
          ref={typed}
          type="search"
          aria-label={props.label}
          placeholder={props.label}
          maxLength={searchLengthMax}
          autoCapitalize="none"
          spellCheck={false}
          className={field}
        />
        <button type="submit" className={quietButton}>
          {words.find}
        </button>
      </form>
    </search>
  );
}
