import { useConsoleTexts } from '../text/console-texts.ts';
import { Field } from './Field.tsx';

/** For steps that can't be undone: a word to type, against hasty presses. */
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
