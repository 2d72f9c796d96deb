import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { useLanguage } from '../text/language.ts';
import { figureSize } from '../ui/figure-size.ts';
import { useWords } from './use-words.ts';

/** The main figure: units sold of units offered. */
export function SoldPart(props: { report: SaleReport }) {
  const { texts } = useLanguage();
  const { words, formats } = useWords();
  const { report } = props;
  const { sold, quantity, soldOutAfterMs, serverTime, simulated } = report;
  const number = sold === null ? '–' : formats.number(sold);
  const share = quantity === 0 ? 0 : (sold ?? 0) / quantity;
  const over = report.status === 'sold_out' || report.status === 'ended';
  return (
    <section aria-label={words.heading}>
      <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-muted">
        <span>{words.heading}</span>
        <Moments report={report} />
        {simulated && (
          <strong className="rounded-full border border-dashed border-accent-ink px-3 py-1 text-sm font-semibold text-accent-ink">
            {texts.simulated.label}
          </strong>
        )}
      </p>
      <h1 className="mt-1 text-3xl font-semibold tracking-[-0.035em] text-balance [overflow-wrap:anywhere] sm:text-5xl">
        {report.product.name}
      </h1>
      <p className="mt-8 flex flex-wrap items-baseline gap-x-5">
        <data
          data-testid="sold"
          value={sold ?? ''}
          className="hero-number"
          style={{ '--chars': Math.max(6, number.length * 1.7) } as React.CSSProperties}
        >
          {number}
        </data>
        <span className="text-2xl text-muted sm:text-3xl">{words.soldOf(formats.number(quantity))}</span>
      </p>
      <div data-bar aria-hidden="true" className="mt-5 h-2.5 w-full overflow-hidden rounded-full bg-track">
        <div
          className="h-full w-full origin-left rounded-full bg-accent rtl:origin-right"
          style={{ transform: `scaleX(${Math.min(1, share)})` }}
        />
      </div>
      {report.reason !== null && (
        <p className="mt-3 font-medium">{words.reason(`\u2068${report.reason}\u2069`)}</p>
      )}
      <p role="status" className="mt-3 text-muted">
        {soldOutAfterMs !== null && over && words.allGone(formats.duration(soldOutAfterMs))}
        {!over && words.ongoing(formats.secondTime(Date.parse(serverTime)))}
        {over && report.seal === null && words.settling}
      </p>
      <dl className="mt-7 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 lg:grid-cols-5">
        <Figure name={words.asked} value={formats.number(report.asked)} />
        {report.variants === undefined && (
          <Figure name={words.price} value={formats.price(moneyOf(report.product))} />
        )}
        <Figure name={words.perCustomer} value={words.atMost(formats.number(report.perCustomer))} />
        <Figure
          name={words.cancelled}
          value={report.cancelled === null ? '–' : formats.number(report.cancelled)}
        />
        <Figure name={words.revoked} value={formats.number(report.revoked)} />
      </dl>
    </section>
  );
}

/** When it opened, or will, and when it ended; in the reader's zone, which is named, with UTC beside it. */
function Moments(props: { report: SaleReport }) {
  const { texts } = useLanguage();
  const { words, formats } = useWords();
  const { startsAt, endsAt, serverTime, status } = props.report;
  const moment = (iso: string, say: (time: string) => string) => {
    const ms = Date.parse(iso);
    const inUtc = formats.besideInUtc(ms);
    const both = [formats.dayTimeAndZone(ms), ...(inUtc === null ? [] : [texts.utc(inUtc)])];
    return <time dateTime={iso}>{say(both.join(' · '))}</time>;
  };
  const ended = status === 'ended' ? endsAt : null;
  if (ended !== null && Date.parse(ended) <= Date.parse(startsAt)) {
    return moment(ended, words.neverOpened);
  }
  return (
    <>
      {moment(startsAt, Date.parse(startsAt) > Date.parse(serverTime) ? words.opens : words.opened)}
      {ended !== null && moment(ended, words.ended)}
    </>
  );
}

const sizes = { usual: 'text-2xl', long: 'text-lg sm:text-2xl', longest: 'text-sm sm:text-2xl' };

function Figure(props: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{props.name}</dt>
      <dd className={`figures mt-0.5 font-semibold tracking-[-0.03em] ${figureSize(props.value, sizes)}`}>
        {props.value}
      </dd>
    </div>
  );
}
