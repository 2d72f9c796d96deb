import type { Options } from '../plan/arguments.ts';
import { localAddresses } from './local-addresses.ts';
import type { Shard } from './messages.ts';

/** Cuts the crowd into one shard a process; each has the same share of HTTP buyers, spectators and nodes. */
export function cutShards(options: Options, secret: string | undefined): Shard[] {
  const { processes, buyers, spectators, httpShare, doubleShare } = options;
  const addresses = localAddresses(options.url, buyers + spectators);
  return Array.from({ length: processes }, (_, i) => {
    const from = Math.floor((buyers * i) / processes);
    const count = Math.floor((buyers * (i + 1)) / processes) - from;
    return {
      urls: options.url,
      ...(secret === undefined ? {} : { secret }),
      seed: options.seed,
      shape: options.shape,
      buyersFrom: from,
      buyers: count,
      httpBuyers: Math.round(count * httpShare),
      doubleEvery: doubleShare === 0 ? 0 : Math.max(1, Math.round(1 / doubleShare)),
      spectators: Math.floor((spectators * (i + 1)) / processes) - Math.floor((spectators * i) / processes),
      localAddresses: addresses,
    };
  });
}
