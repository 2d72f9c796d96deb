import { useLanguage } from '../../text/language.ts';
import { messageFor } from '../message.ts';
import type { View } from '../view.ts';

/** What has happened, in words; the same words that the announcer speaks. */
export function Message(props: { view: View }) {
  const message = messageFor(props.view, useLanguage());
  if (message === null) {
    return null;
  }
  // The banner says that the connection is gone; here stands what that means for buying.
  const { state } = props.view;
  const title = state === props.view.stale ? null : message.title;
  return (
    <div data-testid="message" className="mt-6 text-pretty lg:order-last lg:mt-5">
      {title !== null && <p className="font-semibold tracking-tight">{title}</p>}
      {message.detail !== '' && <p className="text-muted">{message.detail}</p>}
    </div>
  );
}
