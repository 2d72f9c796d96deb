/** One look for everything that can be pressed in the console, 44 pixels high as a finger wants it. */
const button =
  'inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-xl px-4 text-sm font-semibold aria-disabled:cursor-default aria-disabled:opacity-60';

export const mainButton = `${button} bg-accent text-on-accent hover:bg-accent-strong`;
export const quietButton = `${button} border border-line bg-card hover:border-ink`;
export const dangerButton = `${button} border border-danger bg-card text-danger hover:bg-danger hover:text-card`;
export const linkButton =
  'inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold underline decoration-line underline-offset-4 hover:decoration-ink';

export const field =
  'min-h-11 w-full min-w-0 rounded-xl border border-muted bg-paper px-3 text-base text-ink aria-invalid:border-danger';
