import { type BuyOutcome, buyMsBounds, buyOutcomes } from '@flipzon/protocol/operator.ts';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import {
  admissionReasons,
  holdOutcomes,
  messageKinds,
  orderMailOutcomes,
  persistedOutcomes,
  recoveryOutcomes,
  restoreOutcomes,
} from './known-outcomes.ts';
import { type LiveStats, liveGauges } from './live-gauges.ts';
import { Tally } from './tally.ts';
import { Timings } from './timings.ts';

const deliveriesMs = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000];
const eventLoopDelaysMs = [1, 2.5, 5, 10, 25, 50, 100, 200, 300, 500, 1_000, 2_500, 5_000];
const confirmationsMs = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * All counters and timings of this node, for `/metrics` and for the operators' figures. Each node has its own registry, so that several
 * can live in one process.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // These are reset at each read, so two readers would each see half. The histogram below only grows.
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_eventloop_lag')) registry.removeSingleMetric(name);
  let writing: Promise<string> | null = null;
  return {
    registry,
    /** Values that are read at each report. Call it once, when the parts that it reads exist. */
    watch: (live: LiveStats) => liveGauges(registry, live),
    /** Simultaneous readers get the same text. */
    report: () => {
      writing ??= registry.metrics().finally(() => {
        writing = null;
      });
      return writing.then((text) => ({ contentType: registry.contentType, text }));
    },
    ...timingsIn(registry),
    ...countersIn(registry),
  };
}

function timingsIn(registry: Registry) {
  const timings = (name: string, upToMs: readonly number[], help: string) =>
    new Timings(registry, { name, help, upToMs });
  return {
    eventLoopDelays: timings(
      'flipzon_event_loop_delay_seconds',
      eventLoopDelaysMs,
      'How late the event loop runs, measured ten times a second',
    ),
    buyTimes: timings('flipzon_buy_seconds', buyMsBounds, 'From a buy reaching the node to its answer'),
    claimCalls: timings(
      'flipzon_claim_seconds',
      buyMsBounds,
      'From asking Redis to decide the buys of one turn of the event loop to its decision',
    ),
    stockDelivery: timings(
      'flipzon_publish_to_socket_seconds',
      deliveriesMs,
      'From Redis publishing a count to this node having handed it to all of its sockets',
    ),
    confirmTimes: timings(
      'flipzon_confirm_seconds',
      confirmationsMs,
      'From claim in Redis to order in MongoDB',
    ),
    sweepTimes: timings(
      'flipzon_hold_sweep_seconds',
      confirmationsMs,
      'One look for holds that are due, with the ends that it has carried out',
    ),
    batchTimes: timings(
      'flipzon_writer_batch_seconds',
      confirmationsMs,
      'From reading a batch of the outbox to notifying its customers',
    ),
  };
}

function countersIn(registry: Registry) {
  const tally = <Key extends string = string>(
    name: string,
    label: string,
    help: string,
    known: readonly Key[] = [],
  ) => new Tally<Key>(registry, { name, help, label, known });
  return {
    buys: tally<BuyOutcome>('flipzon_buys_total', 'outcome', 'Buys answered', buyOutcomes),
    settled: tally(
      'flipzon_outbox_settled_total',
      'outcome',
      'Outbox entries that the order writer has dealt with',
      persistedOutcomes,
    ),
    holds: tally(
      'flipzon_holds_total',
      'outcome',
      'Holds that this node has made, and ends of holds that it has decided',
      holdOutcomes,
    ),
    recoveries: tally(
      'flipzon_recoveries_total',
      'outcome',
      'Recoveries of an epoch by this node',
      recoveryOutcomes,
    ),
    restores: tally(
      'flipzon_restores_total',
      'outcome',
      'Claims presented after a recovery',
      restoreOutcomes,
    ),
    orderMails: tally(
      'flipzon_order_mails_total',
      'outcome',
      'Attempts of this node to send a mail about an order',
      orderMailOutcomes,
    ),
    admissionsRefused: tally(
      'flipzon_admissions_refused_total',
      'reason',
      'Sockets that were refused and asked to connect later',
      admissionReasons,
    ),
    networkRefusals: tally(
      'flipzon_network_refused_total',
      'reason',
      'Sockets turned away because of how many there are from one address or subnet',
    ),
    misuse: tally('flipzon_socket_misuse_total', 'kind', 'What sockets sent that no page of ours would send'),
    slowReaders: new Counter({
      name: 'flipzon_slow_readers_dropped_total',
      help: 'Sockets dropped because they did not read what they were sent',
      registers: [registry],
    }),
    messagesIgnored: tally(
      'flipzon_messages_ignored_total',
      'kind',
      'Messages of other nodes in a version that this one does not know',
      messageKinds,
    ),
    faults: tally('flipzon_faults_total', 'part', 'Faults met'),
  };
}
