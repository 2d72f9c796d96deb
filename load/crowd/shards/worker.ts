import { emptyTally, sum } from '../measure/tally.ts';
import type { FromChild, ToChild } from './messages.ts';
import { type Clients, connectClients } from './shard-clients.ts';
import { measureOffsets, runBuyers, settleSpectators } from './shard-phases.ts';

/*
 * A process of the crowd. The main process sends it the phases; it ends when the main process is gone. Ctrl-C reaches the whole
 * group of processes, and only the main one decides what it means.
 */

const progressEveryMs = 250;

const tally = emptyTally();
let clients: Clients | null = null;
let offsetMs = 0;
let seed = 0;
let connected = 0;
let trouble: string | null = null;

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToChild) => void obey(message));
setInterval(sendProgress, progressEveryMs);

async function obey(message: ToChild): Promise<void> {
  switch (message.type) {
    case 'connect': {
      const { shard } = message;
      seed = shard.seed + shard.buyersFrom;
      clients = await connectClients(shard, tally, {
        connected: () => {
          connected++;
        },
        trouble: (reason) => {
          trouble = reason;
        },
      });
      trouble = null;
      const offsets = [...(await measureOffsets(clients)).values()];
      offsetMs = offsets.reduce((total, offset) => total + offset, 0) / Math.max(1, offsets.length);
      send({
        type: 'connected',
        connected,
        failures: clients.failures,
        offsetMs: offsets.length === 0 ? null : offsetMs,
      });
      return;
    }
    case 'press': {
      if (clients === null) throw new Error('press before connect');
      const report = await runBuyers(clients, message, offsetMs, seed, tally);
      sendProgress();
      send(report);
      return;
    }
    case 'settle': {
      if (clients === null) throw new Error('settle before connect');
      send(await settleSpectators(clients, message, tally));
      return;
    }
  }
}

function sendProgress(): void {
  const { outcomes, confirmed } = tally;
  send({
    type: 'progress',
    connected,
    answered: sum(outcomes),
    claimed: outcomes.claimed ?? 0,
    confirmed,
    trouble,
  });
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message);
}
