import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { liveMemory } from './live-memory.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';
import { openShop, type Shop } from './shop.ts';
import { eventually } from './shopper.ts';

/** What a server may hold on to when an attack is over, compiled code mostly; the attacks here send some hundred megabytes. */
const grownBytesMax = 8 * 1024 * 1024;

/** A shop whose only node is a separate process, to be attacked. */
export interface Victim extends AsyncDisposable {
  shop: Shop;
  node: NodeProcess;
  url: string;
  saleId: string;
  /** Alive, its memory flat, its stock as it should be after so many honest buys. */
  expectUnharmed(sold: number): Promise<void>;
  /** Of one series in /metrics; all label values together. */
  metric(name: string): Promise<number>;
}

export async function openVictim(
  mongodbUri: string,
  { environment = {} as Record<string, string>, quantity = 50 } = {},
): Promise<Victim> {
  await using undo = new AsyncDisposableStack();
  const shop = undo.use(await openShop(mongodbUri, { nodes: 0, environment }));
  const node = undo.use(
    await startNodeProcess({ ...shop.environment, HOST: '127.0.0.1' }, { inspected: true }),
  );
  const { id: saleId } = await shop.startSale({ quantity }, node);
  const metric = async (name: string) => sumOf((await metricsOf(node.url)) ?? '', name);
  // Once through everything, so that what is loaded at first use is not counted as grown.
  for (let i = 0; i < 50; i++) await Promise.all([shop.status(node), metric('flipzon_sockets')]);
  const before = await heldBytes(node);
  const done = undo.move();
  return {
    shop,
    node,
    url: node.url,
    saleId,
    metric,
    async expectUnharmed(sold) {
      const health = await fetch(`${node.url}/healthz`);
      expect([health.status, readFileSync(`/proc/${node.pid}/cmdline`, 'utf8')]).toEqual([
        200,
        expect.stringContaining('main.ts'),
      ]);
      await eventually(async () => {
        expect(await shop.audit(saleId, node)).toMatchObject({
          clean: true,
          claims: sold,
          orders: sold,
          remaining: quantity - sold,
          outbox: 0,
          poisoned: 0,
        });
      });
      // Connections that have just been cut take a moment to go.
      await eventually(async () => {
        const after = await heldBytes(node);
        expect(after - before, `${before} bytes before, ${after} after`).toBeLessThan(grownBytesMax);
      });
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}

async function metricsOf(url: string): Promise<string | null> {
  const answer = await fetch(`${url}/metrics`);
  return answer.ok ? answer.text() : null;
}

async function heldBytes(node: NodeProcess): Promise<number> {
  const { heapBytes, externalBytes } = await liveMemory(node);
  return heapBytes + externalBytes;
}

function sumOf(text: string, name: string): number {
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return values.reduce((sum, match) => sum + Number(match[1]), 0);
}
