import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { useCallback, useEffect, useState } from 'react';

const askAgainMs = 5_000;
const answerMsMax = 8_000;

export type ReportState = { report: SaleReport } | 'loading' | 'failed' | 'not_found';

/** The report of a sale, read again while it can still change and the page is visible. */
export function useReport(saleId: string): { state: ReportState; again: () => void } {
  const [state, setState] = useState<ReportState>('loading');
  const [asked, setAsked] = useState(0);
  const again = useCallback(() => setAsked((times) => times + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for again, it is read again.
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const next = document.hidden ? null : await readReport(saleId);
      if (gone) return;
      // If it cannot be read again, the last one stays.
      if (next !== null) setState((known) => (next === 'failed' && typeof known === 'object' ? known : next));
      const final = next !== null && (typeof next === 'string' || isFinal(next.report));
      if (!final) timer = setTimeout(() => void look(), askAgainMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [saleId, asked]);

  return { state, again };
}

function isFinal(report: SaleReport): boolean {
  return report.status === 'ended' && report.seal !== null;
}

async function readReport(saleId: string): Promise<Exclude<ReportState, 'loading'>> {
  try {
    const response = await fetch(`/sales/${encodeURIComponent(saleId)}/report`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(answerMsMax),
    });
    if (response.status === 404 || response.status === 400) return 'not_found';
    return response.ok ? { report: await response.json() } : 'failed';
  } catch {
    return 'failed';
  }
}
