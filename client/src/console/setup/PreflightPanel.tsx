import type { PreflightAnswer } from '@flipzon/protocol/operator.ts';
import { useCallback, useEffect, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useConsole } from '../console-context.ts';
import { InEnglish } from '../parts/InEnglish.tsx';
import { quietButton } from '../parts/looks.ts';
import { Mark } from '../parts/Mark.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** The shop's checks before a sale; the details are the shop's own words. */
export function PreflightPanel() {
  const words = useConsoleTexts().preflight;
  const { formats } = useLanguage();
  const { api } = useConsole();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<PreflightAnswer | 'failed' | null>(null);

  const run = useCallback(async () => {
    setBusy(true);
    const result = await api.ask<PreflightAnswer>('/operator/preflight');
    setBusy(false);
    setAnswer(result.ok ? result.body : 'failed');
  }, [api]);
  useEffect(() => void run(), [run]);

  const bad = answer === null || answer === 'failed' ? 0 : answer.checks.filter(({ ok }) => !ok).length;
  const hasIdle = typeof answer === 'object' && answer?.checks.some(({ idle }) => idle);
  return (
    <Panel
      title={words.title}
      detail={words.detail}
      aside={
        <button
          type="button"
          className={quietButton}
          aria-disabled={busy}
          onClick={() => void (busy || run())}
        >
          {busy ? words.running : words.run}
        </button>
      }
    >
      <p role="status" className="mt-3 font-semibold">
        {answer === 'failed' && words.failed}
        {answer !== null &&
          answer !== 'failed' &&
          (answer.ok ? (hasIdle ? words.idleGood : words.good) : words.bad(bad, formats.number(bad)))}
      </p>
      {answer !== null && answer !== 'failed' && (
        <details key={answer.at} open={!answer.ok} className="mt-1">
          <summary className="cursor-pointer text-sm text-muted">{words.details}</summary>
          <ul data-testid="preflight" className="mt-1 divide-y divide-line">
            {answer.checks.map(({ name, ok, idle, detail }) => (
              <li key={name} className="flex gap-3 py-2 text-sm">
                <Mark ok={ok} idle={idle} label={idle ? words.idle : ok ? words.ok : words.notOk} />
                <InEnglish className="min-w-0">
                  <span className="font-medium">{name}</span>
                  <span className="block text-pretty text-muted [overflow-wrap:anywhere]">{detail}</span>
                </InEnglish>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-xs text-muted">{words.at(formats.secondMoment(Date.parse(answer.at)))}</p>
        </details>
      )}
    </Panel>
  );
}
