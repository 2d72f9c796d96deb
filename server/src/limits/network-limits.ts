import type { BlockList } from 'node:net';
import type { BuyerNetwork } from '../sale/ports.ts';
import { includes } from '../shared/address-list.ts';
import type { Rate } from './buy-rate.ts';
import { networksOf } from './networks.ts';
import { TokenBucket } from './token-bucket.ts';

/** A node remembers at most this many networks; unused ones make room. */
export const networksMax = 100_000;
/** Share that is free after making room, so that the costly look at all networks is rare. */
const roomShare = 1 / 10;

export interface NetworkRates {
  sockets: number;
  connects: Rate;
  buys: Rate;
  /** HTTP requests except buys. */
  requests: Rate;
}

export interface NetworkLimitSettings {
  perAddress: NetworkRates;
  perSubnet: NetworkRates;
  /** An address with more sockets than this is crowded. */
  crowdSockets: number;
  /** Not counted: undeclared proxies and this machine. */
  unlimited: BlockList;
}

export type NetworkRefusal = {
  reason: 'network_sockets' | 'network_connects' | 'network_requests' | 'network_connections';
  retryAfterMs: number;
};

/** The network of a client, while it is connected. */
export interface ClientNetwork extends BuyerNetwork {
  /** Null: the socket may connect. */
  connect(now: number): NetworkRefusal | null;
  entered(): void;
  left(): void;
  /** ms until another request may be answered; 0: this one may. */
  takeRequest(now: number): number;
  /** Counts one more TCP connection, used or idle; false if it is over the limit. Call `closed` for each one that was let in. */
  open(): boolean;
  closed(): void;
}

interface Network {
  limits: NetworkRates;
  sockets: number;
  connections: number;
  connects: TokenBucket;
  buys: TokenBucket;
  requests: TokenBucket;
}

/** TCP connections for each socket that there may be: an open page has one for its socket and sometimes one more. */
const connectionsPerSocket = 2;
const socketsRetryMs = 10_000;

export const unlimitedNetwork: ClientNetwork = {
  crowded: () => false,
  takeBuy: () => 0,
  connect: () => null,
  entered: () => undefined,
  left: () => undefined,
  takeRequest: () => 0,
  open: () => true,
  closed: () => undefined,
};

/**
 * The limits of one address and one subnet on this node. They are generous, because an office or a carrier's customers share an address; an address that is not
 * known to be shared by thousands gets far more than a person needs and far less than a sale.
 */
export class NetworkLimits {
  readonly #settings: NetworkLimitSettings;
  #networks: Map<string, Network> = new Map();

  constructor(settings: NetworkLimitSettings) {
    this.#settings = settings;
  }

  /** `always`: counts it even if it is one of the unlimited addresses. */
  at(clientAddress: string, now: number, always = false): ClientNetwork {
    const { perAddress, perSubnet, crowdSockets, unlimited } = this.#settings;
    const names = networksOf(clientAddress);
    if (names === null || (!always && includes(unlimited, clientAddress))) return unlimitedNetwork;
    const address = this.#network(names.address, perAddress, now);
    const subnet = this.#network(names.subnet, perSubnet, now);
    const both = [address, subnet] as const;
    return {
      crowded: () => address.sockets > crowdSockets || address.buys.isHalfUsed(),
      takeBuy: (at) => takeOfBoth(address.buys, subnet.buys, at),
      connect(at) {
        if (both.some(({ sockets, limits }) => sockets >= limits.sockets))
          return { reason: 'network_sockets', retryAfterMs: socketsRetryMs };
        const waitMs = takeOfBoth(address.connects, subnet.connects, at);
        return waitMs === 0 ? null : { reason: 'network_connects', retryAfterMs: waitMs };
      },
      entered() {
        for (const network of both) network.sockets++;
      },
      left() {
        for (const network of both) network.sockets--;
      },
      takeRequest: (at) => takeOfBoth(address.requests, subnet.requests, at),
      open() {
        if (both.some(({ connections, limits }) => connections >= limits.sockets * connectionsPerSocket))
          return false;
        for (const network of both) network.connections++;
        return true;
      },
      closed() {
        for (const network of both) network.connections--;
      },
    };
  }

  get size(): number {
    return this.#networks.size;
  }

  #network(name: string, limits: NetworkRates, now: number): Network {
    const known = this.#networks.get(name);
    if (known !== undefined) return known;
    if (this.#networks.size >= networksMax) this.#makeRoom(now);
    const network: Network = {
      limits,
      sockets: 0,
      connections: 0,
      connects: new TokenBucket(limits.connects, now),
      buys: new TokenBucket(limits.buys, now),
      requests: new TokenBucket(limits.requests, now),
    };
    this.#networks.set(name, network);
    return network;
  }

  /**
   * Forgets unused networks, and as many of the oldest others as needed. All at once: a Map's first entry lies behind all
   * those that were deleted before it, so evicting one for each new one would cost a hundred times as much.
   */
  #makeRoom(now: number): void {
    const kept: [string, Network][] = [];
    for (const entry of this.#networks) {
      const [, { sockets, connections, buys, connects, requests }] = entry;
      const isWhole = buys.isWhole(now) && connects.isWhole(now) && requests.isWhole(now);
      if (sockets > 0 || connections > 0 || !isWhole) kept.push(entry);
    }
    this.#networks = new Map(kept.slice(-networksMax * (1 - roomShare)));
  }
}

/** One from each or none from both; ms until there is one in both. */
function takeOfBoth(one: TokenBucket, other: TokenBucket, now: number): number {
  const waitMs = Math.max(one.waitMs(now), other.waitMs(now));
  if (waitMs > 0) return waitMs;
  one.take();
  other.take();
  return 0;
}
