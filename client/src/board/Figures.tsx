import { claimsASecond, rateOverMs } from '../sale/stock-changes.ts';
import { useStockShown, useView } from '../sale/use-view.ts';
import { useLanguage } from '../text/language.ts';

/** Who watches, and how quickly it goes: reckoned from the counts that this page was told, and so never more than is known. */
export function Figures() {
  const { texts, formats } = useLanguage();
  const { changes } = useStockShown();
  const view = useView(({ model, phase, connected, remaining, serverMs, stale, held }) => ({
    connected,
    sold: model.sale === null ? 0 : model.sale.quantity - remaining,
    secondMs: Math.floor(serverMs / 1000) * 1000,
    live: phase === 'live' && stale === null && held === null,
  }));
  const words = texts.boardPage;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-3 lg:grid-cols-1">
      <Figure name={words.rate} detail={words.rateOver(formats.duration(rateOverMs))}>
        <data data-testid="rate" value={view.live ? claimsASecond(changes, view.secondMs) : 0}>
          {view.live ? formats.rate(claimsASecond(changes, view.secondMs)) : '–'}
        </data>
      </Figure>
      <Figure name={words.sold} detail="">
        <data value={view.sold}>{formats.number(view.sold)}</data>
      </Figure>
      <Figure name={words.spectators} detail="">
        {view.connected === null ? (
          '–'
        ) : (
          <data data-testid="connected" value={view.connected}>
            {formats.number(view.connected)}
          </data>
        )}
      </Figure>
    </dl>
  );
}

function Figure(props: { name: string; detail: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted lg:text-lg">
        {props.name}
        {props.detail !== '' && <span className="block text-xs lg:text-base">{props.detail}</span>}
      </dt>
      <dd className="figures text-4xl font-semibold tracking-[-0.04em] lg:text-6xl">{props.children}</dd>
    </div>
  );
}
