import type { KeyboardEvent, ReactNode, Ref } from 'react';

const looks = {
  ready:
    'bg-accent text-on-accent hover:bg-accent-strong active:scale-[0.985] cursor-pointer shadow-[0_12px_32px_-12px_var(--accent)]',
  resting: 'bg-track text-muted cursor-default',
  busy: 'bg-ink text-paper cursor-progress',
};

/**
 * The one button. `aria-disabled` and not `disabled`, so that it keeps the focus while it waits; a key held down repeats its
 * press, and only the first one counts.
 */
export function BuyAction(props: {
  look: keyof typeof looks;
  enabled: boolean;
  onPress: () => void;
  ref: Ref<HTMLButtonElement>;
  children: ReactNode;
}) {
  const ignoreRepeats = (event: KeyboardEvent) => {
    if (event.repeat) {
      event.preventDefault();
    }
  };
  return (
    <button
      ref={props.ref}
      type="button"
      data-buy
      aria-disabled={!props.enabled}
      onKeyDown={ignoreRepeats}
      onClick={() => props.enabled && props.onPress()}
      className={`relative isolate min-h-16 w-full overflow-hidden rounded-2xl px-8 text-xl font-semibold tracking-tight transition-[background-color,color,transform] duration-200 select-none touch-manipulation ${looks[props.look]}`}
    >
      {props.look === 'busy' && (
        <span
          aria-hidden="true"
          className="sweep absolute inset-y-0 left-0 -z-10 w-1/3 bg-accent/45 blur-xl"
        />
      )}
      {props.children}
    </button>
  );
}
