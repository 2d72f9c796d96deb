import type { BuyOutcome } from '@flipzon/protocol/operator.ts';
import { useLanguage } from '../../text/language.ts';
import { Panel } from '../parts/Panel.tsx';
import { useNodeStats } from '../parts/use-node-stats.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

export function OutcomesPanel() {
  const words = useConsoleTexts().watch;
  const { formats } = useLanguage();
  const { outcomes } = useNodeStats();
  const counted = ([...outcomes] as [BuyOutcome, number][]).sort(([, a], [, b]) => b - a);
  return (
    <Panel title={words.outcomes}>
      {counted.length === 0 ? (
        <p className="mt-2 text-sm text-muted">{words.nothing}</p>
      ) : (
        <table className="mt-2 w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{words.outcome}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {counted.map(([outcome, count]) => (
              <tr key={outcome} className="border-t border-line first:border-0">
                <th scope="row" className="py-1.5 text-start font-normal">
                  {words.outcomeOf[outcome]}
                </th>
                <td className="py-1.5 text-end font-semibold tabular-nums">
                  <data data-outcome={outcome} value={count}>
                    {formats.number(count)}
                  </data>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
