import { builtInAccent, type ShopColours, type Unreadable, unreadableOf } from '@flipzon/protocol/colours.ts';
import { useId } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** What the field shows before a colour is chosen. */
const first = { accent: builtInAccent, backdrop: '#fbd9c3' } as const;

/** A colour of the shop's own, or the built-in one. */
export function ColourField(props: {
  which: keyof ShopColours;
  value: string | null;
  onChange: (next: string | null) => void;
}) {
  const words = useConsoleTexts().shop;
  const { which, value, onChange } = props;
  const id = useId();
  const wrong = unreadableOf({ accent: null, backdrop: null, [which]: value });
  return (
    <div className="flex min-w-0 flex-col">
      <label className="flex min-h-11 cursor-pointer items-center gap-2 text-sm font-medium">
        <input
          type="checkbox"
          className="size-5 accent-(--accent-ink)"
          checked={value !== null}
          onChange={(event) => onChange(event.target.checked ? first[which] : null)}
        />
        {words.own[which]}
      </label>
      {value !== null && (
        <input
          type="color"
          aria-label={words.colours[which]}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-about`}
          className="h-11 w-full cursor-pointer rounded-xl border border-muted bg-paper p-1"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <p id={`${id}-about`} className="mt-1.5 text-sm text-pretty text-danger empty:hidden">
        {wrong !== null && <WhyWrong wrong={wrong} />}
      </p>
    </div>
  );
}

function WhyWrong({ wrong }: { wrong: Unreadable }) {
  const { formats } = useLanguage();
  return useConsoleTexts().shop.unreadable[wrong.mode](formats.rate(Math.floor(wrong.contrast * 10) / 10));
}
