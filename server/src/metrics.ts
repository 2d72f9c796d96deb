import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  countBuy: (outcome: string) => void;
  buySeconds: Histogram;
  settled: Counter<'outcome'>;
  confirmSeconds: Histogram;
  recoveries: Counter<'outcome'>;
  restores: Counter<'outcome'>;
  admissionsRefused: Counter<'reason'>;
  slowReaders: Counter;
  misuse: Counter<'kind'>;
  faults: Counter<'part'>;
}

/** Each node has a registry of its own, so that several can live in one process. */
export function createMetrics(live: {
  sockets: () => number;
  remaining: () => number;
  epoch: () => number;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('flipzon_sockets', 'Sockets connected to this node', live.sockets);
  gauge('flipzon_remaining', 'Units that nobody holds, as this node knows', live.remaining);
  gauge('flipzon_epoch', 'Epoch of the current sale', live.epoch);
  return {
    registry,
    countBuy: counterOf(
      new Counter({
        name: 'flipzon_buys_total',
        help: 'Buys answered',
        labelNames: ['outcome'],
        registers,
      }),
    ),
    buySeconds: new Histogram({
      name: 'flipzon_buy_seconds',
      help: 'From a buy reaching the node to its answer',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    settled: new Counter({
      name: 'flipzon_outbox_settled_total',
      help: 'Outbox entries that the order writer has dealt with',
      labelNames: ['outcome'],
      registers,
    }),
    confirmSeconds: new Histogram({
      name: 'flipzon_confirm_seconds',
      help: 'From claim in Redis to order in MongoDB',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    recoveries: new Counter({
      name: 'flipzon_recoveries_total',
      help: 'Recoveries of an epoch by this node',
      labelNames: ['outcome'],
      registers,
    }),
    restores: new Counter({
      name: 'flipzon_restores_total',
      help: 'Claims presented after a recovery',
      labelNames: ['outcome'],
      registers,
    }),
    admissionsRefused: new Counter({
      name: 'flipzon_admissions_refused_total',
      help: 'Sockets that were told to come again later',
      labelNames: ['reason'],
      registers,
    }),
    misuse: new Counter({
      name: 'flipzon_socket_misuse_total',
      help: 'What sockets sent that no page of ours would send',
      labelNames: ['kind'],
      registers,
    }),
    slowReaders: new Counter({
      name: 'flipzon_slow_readers_dropped_total',
      help: 'Sockets dropped because they did not read what they were sent',
      registers,
    }),
    faults: new Counter({
      name: 'flipzon_faults_total',
      help: 'Faults met',
      labelNames: ['part'],
      registers,
    }),
  };
}

/** Finds each outcome's counter once, not at every buy. */
function counterOf(counter: Counter<'outcome'>): (outcome: string) => void {
  const known = new Map<string, Counter.Internal>();
  return (outcome) => {
    let child = known.get(outcome);
    if (child === undefined) {
      child = counter.labels(outcome);
      known.set(outcome, child);
    }
    child.inc();
  };
}
