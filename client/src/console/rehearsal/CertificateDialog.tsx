import type { RehearsalAnswer } from '@flipzon/protocol/rehearsal-schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { quietButton } from '../parts/looks.ts';
import { useAnswer } from '../parts/use-answer.ts';
import { useDownload } from '../parts/use-download.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { Certificate } from './Certificate.tsx';

const files = { txt: 'text/plain', json: 'application/json' } as const;

/** The certificate of a rehearsal, to read and to download. */
export function CertificateDialog(props: { id: string; onClose: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { formats } = useLanguage();
  const path = `/operator/rehearsals/${encodeURIComponent(props.id)}`;
  const { body, state } = useAnswer<RehearsalAnswer>(path);
  const { failed, download } = useDownload();
  const certificate = body?.certificate ?? null;

  const save = (format: keyof typeof files) =>
    download(`${path}/certificate?format=${format}`, `${props.id}.${format}`, files[format]);

  return (
    <Dialog
      title={words.certificate}
      detail={body === null ? '' : formats.dayAndSecond(Date.parse(body.rehearsal.startedAt))}
      onClose={props.onClose}
    >
      <p role="status" className="text-sm text-muted empty:hidden">
        {state === 'loading' && texts.loading}
        {(state === 'failed' || failed) && texts.after.failed}
      </p>
      {certificate !== null && (
        <Certificate certificate={certificate}>
          <div className="flex flex-wrap gap-2.5">
            <button type="button" className={quietButton} onClick={() => void save('txt')}>
              {words.asText}
            </button>
            <button type="button" className={quietButton} onClick={() => void save('json')}>
              {words.asJson}
            </button>
          </div>
        </Certificate>
      )}
    </Dialog>
  );
}
