import { useLanguage } from '../../text/language.ts';
import { NoticeMark } from '../../ui/NoticeMark.tsx';
import { messageFor } from '../model/message.ts';
import { useView } from '../use-view.ts';
import { markOf } from './message-mark.ts';

/** What has happened, in words; the same words that the announcer speaks. */
export function Message() {
  const language = useLanguage();
  const message = useView((view) => {
    const words = messageFor(view, language);
    // The banner says that the connection is lost; this says what that means for buying.
    return (
      words && { ...words, title: view.state === view.stale ? '' : words.title, mark: markOf(view.state) }
    );
  });
  if (message === null) {
    return null;
  }
  return (
    <div data-testid="message" className="flex items-start gap-3 text-pretty">
      {message.mark !== null && <NoticeMark mark={message.mark} />}
      <div className="min-w-0">
        {message.title !== '' && <p className="font-semibold tracking-tight">{message.title}</p>}
        {message.detail !== '' && (
          <p className="text-muted">
            {/* The operator's reason may be in another direction than the page. */}
            <bdi>{message.detail}</bdi>
          </p>
        )}
        {message.reportOf !== undefined && (
          <a
            href={`/sales/${message.reportOf}/report`}
            className="inline-flex min-h-11 items-center font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
          >
            {language.texts.proof.report}
          </a>
        )}
      </div>
    </div>
  );
}
