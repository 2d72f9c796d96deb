import type { BlockedAnswer } from '@flipzon/protocol/customers.ts';
import { useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { PageSteps } from '../after/PageSteps.tsx';
import { usePages } from '../after/use-pages.ts';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import { useChange } from '../control/use-change.ts';
import { isolated } from '../parts/isolated.ts';
import { linkButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { addressOfCustomer } from '../parts/use-part.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const customersOnPage = 20;

/** Everyone who is blocked. `blockings`: grows when someone was blocked or unblocked elsewhere on the page. */
export function BlockedPanel(props: { blockings: number }) {
  const texts = useConsoleTexts();
  const words = texts.shoppers;
  const { formats } = useLanguage();
  const pages = usePages();
  const trying = useChange(null);
  const [unblocked, setUnblocked] = useState<string | null>(null);
  const query = new URLSearchParams({
    limit: String(customersOnPage),
    ...(pages.cursor !== undefined && { before: pages.cursor }),
  });
  const { body, state, refresh } = useAnswer<BlockedAnswer>(`/operator/blocked-customers?${query}`, [
    props.blockings,
  ]);

  async function unblock(customerId: string): Promise<void> {
    setUnblocked(null);
    if (!(await trying.tryIt({ kind: 'unblock', customerId }))) return;
    setUnblocked(customerId);
    refresh();
  }

  return (
    <Panel title={words.blocked}>
      <ul data-testid="blocked" className="mt-2 divide-y divide-line text-sm">
        {body?.customers.map(({ customerId, by, at, reason }) => (
          <li key={customerId} className="flex flex-wrap items-center gap-x-4 py-1">
            <a
              href={addressOfCustomer(customerId)}
              className={`${linkButton} min-w-0 [overflow-wrap:anywhere]`}
            >
              <bdi translate="no">{customerId}</bdi>
            </a>
            <span className="min-w-0 flex-1 text-muted [overflow-wrap:anywhere]">
              {words.by(isolated(by), formats.dayAndSecond(Date.parse(at)))}
              {reason !== null && (
                <>
                  {' '}
                  <q>{reason}</q>
                </>
              )}
            </span>
            <Steering>
              <button
                type="button"
                className={linkButton}
                aria-disabled={trying.busy}
                onClick={() => void unblock(customerId)}
              >
                {texts.customers.unblock}
                <span className="sr-only"> {customerId}</span>
              </button>
            </Steering>
          </li>
        ))}
      </ul>
      <ChangeOutcome trying={trying} />
      <p role="status" className="mt-2 text-sm text-muted empty:hidden">
        {state === 'failed' && texts.after.failed}
        {state === 'loading' && body === null && texts.loading}
        {unblocked !== null && `${texts.customers.done.unblock(unblocked)} `}
        {state === 'there' && body?.customers.length === 0 && words.noneBlocked}
      </p>
      <PageSteps pages={pages} next={body?.next ?? null} className="mt-3" />
    </Panel>
  );
}
