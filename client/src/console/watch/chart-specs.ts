import type { Formats } from '../../text/formats.ts';
import { columnOf, joinReads } from '../history/join-reads.ts';
import type { StatsHistory } from '../history/stats-history.ts';
import type { SeriesRead } from '../history/tiered-series.ts';
import type { ConsoleTexts } from '../text/english.ts';

export interface ChartSpec {
  id: keyof ConsoleTexts['watch']['charts'];
  title: string;
  /** Names of the lines. */
  lines: readonly string[];
  read: (fromSecond: number) => SeriesRead;
  format: (value: number) => string;
  /** No fractions on the axis: there are no half sockets. */
  whole: boolean;
  /** Of six columns. */
  span: 2 | 3 | 6;
}

/** The charts, the most watched first. */
export function chartSpecs(history: StatsHistory, texts: ConsoleTexts, formats: Formats): ChartSpec[] {
  const shown = shownBy(formats);
  return [
    ...saleCharts(history, texts.watch, shown),
    ...nodeCharts(history, texts.watch, shown),
    ...outboxCharts(history, texts.watch, shown),
  ];
}

function shownBy(formats: Formats) {
  const count = (value: number) => formats.number(Math.round(value));
  const latency = (ms: number) => formats.duration(ms, 'narrow');
  return {
    count,
    latency,
    rate: (value: number) => (value < 10 ? formats.rate(value) : count(value)),
    age: (seconds: number) => latency(seconds * 1000),
  };
}

type Shown = ReturnType<typeof shownBy>;
type Words = ConsoleTexts['watch'];

function saleCharts(
  history: StatsHistory,
  { charts, series }: Words,
  { count, rate, latency }: Shown,
): ChartSpec[] {
  return [
    {
      id: 'stock',
      title: charts.stock,
      lines: [series.remaining, series.orders],
      read: (from) => history.stock.read(from),
      format: count,
      whole: true,
      span: 6,
    },
    {
      id: 'buys',
      title: charts.buys,
      lines: [series.claimed, series.soldOut, series.refused, series.failed, series.replayed],
      read: (from) => history.buys.read(from),
      format: rate,
      whole: false,
      span: 3,
    },
    {
      id: 'latency',
      title: charts.latency,
      lines: [series.p50, series.p95, series.p99],
      read: (from) => history.latency.read(from),
      format: latency,
      whole: false,
      span: 3,
    },
  ];
}

function nodeCharts(
  history: StatsHistory,
  { charts, series }: Words,
  { count, rate, latency }: Shown,
): ChartSpec[] {
  const nodes = history.nodes.map(({ name }) => name);
  const ofNodes = (column: number) => (from: number) =>
    joinReads(history.nodes.map((node) => columnOf(node.series.read(from), column)));
  return [
    {
      id: 'sockets',
      title: charts.sockets,
      lines: nodes,
      read: ofNodes(0),
      format: count,
      whole: true,
      span: 2,
    },
    {
      id: 'eventLoop',
      title: charts.eventLoop,
      lines: nodes,
      read: ofNodes(1),
      format: latency,
      whole: false,
      span: 2,
    },
    {
      id: 'reconnects',
      title: charts.reconnects,
      lines: [series.reconnects],
      read: (from) => history.reconnects.read(from),
      format: rate,
      whole: false,
      span: 2,
    },
  ];
}

function outboxCharts(history: StatsHistory, { charts, series }: Words, { count, age }: Shown): ChartSpec[] {
  const outbox = (column: number) => (from: number) => columnOf(history.outbox.read(from), column);
  return [
    {
      id: 'outbox',
      title: charts.outbox,
      lines: [series.length],
      read: outbox(0),
      format: count,
      whole: true,
      span: 3,
    },
    {
      id: 'outboxAge',
      title: charts.outboxAge,
      lines: [series.age],
      read: outbox(1),
      format: age,
      whole: false,
      span: 3,
    },
  ];
}
