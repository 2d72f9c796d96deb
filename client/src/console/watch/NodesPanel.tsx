import { useLanguage } from '../../text/language.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useNodeStats } from '../parts/use-node-stats.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

export function NodesPanel() {
  const words = useConsoleTexts().watch;
  const { formats } = useLanguage();
  const { latest } = useNodeStats();
  const deadLetters = latest?.outbox.deadLetters ?? 0;
  return (
    <Panel title={words.nodes}>
      <Scroll label={words.nodes}>
        <table className="mt-2 w-full text-sm tabular-nums">
          <thead>
            <tr className="text-start text-muted">
              {[words.node, words.up, words.epoch, words.health].map((name) => (
                <th key={name} scope="col" className="py-1 pe-3 text-start font-medium whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {latest?.nodes.map(({ node, upS, epoch, healthy }) => (
              <tr key={node} className="border-t border-line">
                <th scope="row" className="py-1.5 pe-3 text-start font-medium [overflow-wrap:anywhere]">
                  {node}
                </th>
                <td className="py-1.5 pe-3">{formats.duration(upS * 1000, 'narrow')}</td>
                <td className="py-1.5 pe-3">{formats.number(epoch)}</td>
                <td className={`py-1.5 font-medium ${healthy ? '' : 'text-danger'}`}>
                  {healthy ? words.healthy : words.unhealthy}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {deadLetters > 0 && (
        <p className="mt-2 text-sm font-medium text-danger">
          {words.deadLetters(deadLetters, formats.number(deadLetters))}
        </p>
      )}
    </Panel>
  );
}
