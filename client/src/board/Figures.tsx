import { claimsASecond, rateOverMs } from '../shop/model/stock-changes.ts';
import { useStockShown, useView } from '../shop/use-view.ts';
import { boardTexts } from '../text/board.ts';
import { useLanguage } from '../text/language.ts';
import { figureSize } from '../ui/figure-size.ts';

/** The spectators and the pace of the sale, computed only from the counts that this page has received. */
export function Figures() {
  const { tag, formats } = useLanguage();
  const { changes } = useStockShown();
  const view = useView(({ model, phase, connected, remaining, serverMs, old }) => ({
    connected,
    sold: model.sale === null ? 0 : model.sale.quantity - remaining,
    secondMs: Math.floor(serverMs / 1000) * 1000,
    live: phase === 'live' && !old,
  }));
  const words = boardTexts[tag];
  const rate = claimsASecond(changes, view.secondMs);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-3 lg:grid-cols-1">
      <Figure
        name={words.rate}
        detail={words.rateOver(formats.duration(rateOverMs))}
        testId="rate"
        value={view.live ? rate : 0}
        text={view.live ? formats.rate(rate) : '–'}
      />
      <Figure name={words.sold} testId="sold" value={view.sold} text={formats.number(view.sold)} />
      {view.connected === null ? (
        <Figure name={words.spectators} text="–" />
      ) : (
        <Figure
          name={words.spectators}
          testId="connected"
          value={view.connected}
          text={formats.number(view.connected)}
        />
      )}
    </dl>
  );
}

const sizes = {
  usual: 'text-4xl lg:text-6xl',
  long: 'text-xl lg:text-4xl',
  longest: 'text-base lg:text-2xl',
};

function Figure(props: { name: string; detail?: string; text: string; testId?: string; value?: number }) {
  const { text } = props;
  return (
    <div>
      <dt className="text-sm text-muted lg:text-lg">
        {props.name}
        {props.detail !== undefined && <span className="block text-xs lg:text-base">{props.detail}</span>}
      </dt>
      <dd className={`figures font-semibold tracking-[-0.04em] whitespace-nowrap ${figureSize(text, sizes)}`}>
        {props.value === undefined ? (
          text
        ) : (
          <data data-testid={props.testId} value={props.value}>
            {text}
          </data>
        )}
      </dd>
    </div>
  );
}
