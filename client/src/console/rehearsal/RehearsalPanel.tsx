import { useState } from 'react';
import { quietButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { CertificateDialog } from './CertificateDialog.tsx';
import { RehearsalDialog } from './RehearsalDialog.tsx';
import { RehearsalEntry } from './RehearsalEntry.tsx';
import { useRehearsals } from './use-rehearsals.ts';

const shownMax = 5;

/** The last rehearsals with their results, and a button to start one. */
export function RehearsalPanel() {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { body, state, refresh } = useRehearsals();
  const [planning, setPlanning] = useState(false);
  const [readId, setReadId] = useState<string | null>(null);
  const obstacle = body?.available ? (body.obstacle?.code ?? null) : null;
  const rehearsals = body?.rehearsals.slice(0, shownMax) ?? [];
  return (
    <Panel
      title={words.title}
      detail={words.detail}
      aside={
        body?.available && (
          <Steering>
            <button
              type="button"
              aria-haspopup="dialog"
              aria-disabled={obstacle !== null}
              className={quietButton}
              onClick={() => setPlanning(obstacle === null)}
            >
              {words.begin}
            </button>
          </Steering>
        )
      }
    >
      <p role="status" className="mt-3 text-sm text-pretty text-muted empty:hidden">
        {state === 'loading' && body === null && texts.loading}
        {state === 'failed' && words.failed}
        {body?.available === false && words.unavailable}
        {obstacle !== null && words.obstacle[obstacle]}
        {body?.available && obstacle === null && rehearsals.length === 0 && words.none}
      </p>
      <ul data-testid="rehearsals" className="mt-1 divide-y divide-line">
        {rehearsals.map((rehearsal) => (
          <RehearsalEntry
            key={rehearsal.id}
            rehearsal={rehearsal}
            onRead={() => setReadId(rehearsal.id)}
            onChange={refresh}
          />
        ))}
      </ul>
      {planning && (
        <RehearsalDialog
          onClose={() => {
            setPlanning(false);
            refresh();
          }}
        />
      )}
      {readId !== null && <CertificateDialog id={readId} onClose={() => setReadId(null)} />}
    </Panel>
  );
}
