import { useLanguage } from '../../text/language.ts';
import { messageFor } from '../message.ts';
import type { View } from '../view.ts';

/** What has happened, in words; the same words that the announcer speaks. */
export function Message(props: { view: View }) {
  const message = messageFor(props.view, useLanguage());
  if (message === null) {
    return null;
  }
  return (
    <div data-testid="message" className="text-pretty">
      <p className="font-semibold tracking-tight">{message.title}</p>
      {message.detail !== '' && <p className="mt-0.5 text-muted">{message.detail}</p>}
    </div>
  );
}
