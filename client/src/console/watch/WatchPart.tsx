import { useMemo, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { statsMsMax } from '../history/invariant-status.ts';
import { quietButton } from '../parts/looks.ts';
import { useInvariantStatus } from '../parts/use-invariant-status.ts';
import { useNodeStats } from '../parts/use-node-stats.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantStock } from '../variants/VariantStock.tsx';
import { ChartPanel } from './ChartPanel.tsx';
import { chartSpecs } from './chart-specs.ts';
import { InvariantPanel } from './InvariantPanel.tsx';
import { NodesPanel } from './NodesPanel.tsx';
import { OutcomesPanel } from './OutcomesPanel.tsx';
import { WindowChoice } from './WindowChoice.tsx';

const secondsMin = 30;

/** The sale in numbers and lines, second by second, back for an hour. */
export function WatchPart() {
  const texts = useConsoleTexts();
  const words = texts.watch;
  const { formats } = useLanguage();
  const history = useNodeStats();
  const { ageMs } = useInvariantStatus();
  const watching = useValue(useConsole().watching);
  const [windowSeconds, setWindowSeconds] = useState(120);
  const [frozenSecond, setFrozenSecond] = useState<number | null>(null);
  const newestSecond = history.latest === null ? null : Math.floor(Date.parse(history.latest.at) / 1000);
  const toSecond = frozenSecond ?? newestSecond;
  // A page that has just been opened should not show two empty minutes.
  const knownSeconds = toSecond === null ? 0 : toSecond - (history.firstSecond ?? toSecond);
  const shownSeconds = Math.min(windowSeconds, Math.max(secondsMin, knownSeconds));
  const nodes = history.nodes.map(({ name }) => name).join('\n');
  // Each node is a line, so a new set of names makes a new chart.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history is changed in place.
  const specs = useMemo(() => chartSpecs(history, texts, formats), [history, texts, formats, nodes]);

  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="sr-only">{words.title}</h2>
        <WindowChoice seconds={windowSeconds} onChange={setWindowSeconds} />
        <button
          type="button"
          aria-pressed={frozenSecond !== null}
          className={quietButton}
          onClick={() => setFrozenSecond(frozenSecond === null ? newestSecond : null)}
        >
          {frozenSecond === null ? words.freeze : words.goOn}
        </button>
        <p role="status" className="text-sm text-muted">
          {watching === 'ended' && words.ended}
          {watching !== 'ended' && newestSecond === null && words.waiting}
          {newestSecond !== null && ageMs > statsMsMax && words.stale(formats.age(ageMs))}
        </p>
      </div>
      {toSecond !== null && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
          <div className="grid gap-4 md:grid-cols-6">
            {specs.map((spec) => (
              <ChartPanel key={spec.id} spec={spec} toSecond={toSecond} windowSeconds={shownSeconds} />
            ))}
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <InvariantPanel />
            <VariantStock />
            <OutcomesPanel />
            <NodesPanel />
          </div>
        </div>
      )}
    </>
  );
}
