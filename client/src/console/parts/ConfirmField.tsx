import { useConsoleTexts } from '../text/console-texts.ts';
import { Field } from './Field.tsx';

/** For what can't be taken back: a word to type, that no hasty press makes up for. */
export function ConfirmField(props: {
  word: string;
  typed: string;
  wrong: boolean;
  onChange: (typed: string) => void;
}) {
  const words = useConsoleTexts().control;
  return (
    <Field
      name={words.confirm(props.word)}
      wrong={props.wrong ? words.confirmWrong(props.word) : null}
      input={{
        value: props.typed,
        autoComplete: 'off',
        autoCapitalize: 'none',
        spellCheck: false,
        onChange: (event) => props.onChange(event.target.value),
      }}
    />
  );
}
