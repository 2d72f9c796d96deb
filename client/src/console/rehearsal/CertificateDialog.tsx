import type { RehearsalAnswer } from '@flipzon/protocol/rehearsal-schemas.ts';
import { useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useConsole } from '../console-context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { quietButton } from '../parts/looks.ts';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { Certificate } from './Certificate.tsx';

const files = { txt: 'text/plain', json: 'application/json' } as const;

/** The certificate of a rehearsal, to read and to download. */
export function CertificateDialog(props: { id: string; onClose: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { formats } = useLanguage();
  const { api } = useConsole();
  const path = `/operator/rehearsals/${encodeURIComponent(props.id)}`;
  const { body, state } = useAnswer<RehearsalAnswer>(path);
  const [notSaved, setNotSaved] = useState(false);
  const certificate = body?.certificate ?? null;

  async function save(format: keyof typeof files): Promise<void> {
    const file = await api.download(`${path}/certificate?format=${format}`);
    setNotSaved(file === null);
    if (file !== null) saveFile(`${props.id}.${format}`, files[format], file);
  }

  return (
    <Dialog
      title={words.certificate}
      detail={body === null ? '' : formats.dayAndSecond(Date.parse(body.rehearsal.startedAt))}
      onClose={props.onClose}
    >
      <p role="status" className="text-sm text-muted empty:hidden">
        {state === 'loading' && texts.loading}
        {(state === 'failed' || notSaved) && texts.after.failed}
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
