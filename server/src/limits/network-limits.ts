import type { BlockList } from 'node:net';
import type { BuyerPlace } from '../sale/ports.ts';
import { includes } from './address-list.ts';
import { Allowance } from './allowance.ts';
import type { Rate } from './buy-rate.ts';
import { networksOf } from './networks.ts';

/** More networks than this are kept in mind by no node; those that nobody uses make room. */
export const networksMax = 100_000;
/** So much of it is free after room was made: looking at all of them is cheap when it is rare. */
const roomShare = 1 / 10;

export interface NetworkRates {
  sockets: number;
  connects: Rate;
  buys: Rate;
}

export interface NetworkLimitSettings {
  perAddress: NetworkRates;
  perSubnet: NetworkRates;
  /** Sockets from one address from which on they are a crowd. */
  crowdSockets: number;
  /** Not counted: proxies that nobody has declared, and one's own machines. */
  unlimited: BlockList;
}

export type PlaceRefusal = { reason: 'network_sockets' | 'network_connects'; retryAfterMs: number };

/** Where somebody is, while they are there. */
export interface Place extends BuyerPlace {
  /** Null: come in. */
  connect(now: number): PlaceRefusal | null;
  entered(): void;
  left(): void;
}

interface Network {
  limits: NetworkRates;
  sockets: number;
  connects: Allowance;
  buys: Allowance;
}

const socketsRetryMs = 10_000;

export const unlimitedPlace: Place = {
  crowded: () => false,
  takeBuy: () => 0,
  connect: () => null,
  entered: () => undefined,
  left: () => undefined,
};

/**
 * What one address and one subnet may do on this node. Generous, for an office or a carrier's customers share an address; one that is not
 * known to be shared by thousands gets far more than a person needs and far less than a sale.
 */
export class NetworkLimits {
  readonly #settings: NetworkLimitSettings;
  #networks: Map<string, Network> = new Map();

  constructor(settings: NetworkLimitSettings) {
    this.#settings = settings;
  }

  at(clientAddress: string, now: number): Place {
    const { perAddress, perSubnet, crowdSockets, unlimited } = this.#settings;
    const names = networksOf(clientAddress);
    if (names === null || includes(unlimited, clientAddress)) return unlimitedPlace;
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
      connects: new Allowance(limits.connects, now),
      buys: new Allowance(limits.buys, now),
    };
    this.#networks.set(name, network);
    return network;
  }

  /**
   * Those that nobody uses go, and of the others as many of the longest known as it takes. All at once: a Map's first entry lies behind all
   * those that were deleted before it, so driving out one for each new one would cost a hundred times as much.
   */
  #makeRoom(now: number): void {
    const kept: [string, Network][] = [];
    for (const entry of this.#networks) {
      const [, { sockets, buys, connects }] = entry;
      if (sockets > 0 || !buys.isWhole(now) || !connects.isWhole(now)) kept.push(entry);
    }
    this.#networks = new Map(kept.slice(-networksMax * (1 - roomShare)));
  }
}

/** One from each or none from both; ms until there is one in both. */
function takeOfBoth(one: Allowance, other: Allowance, now: number): number {
  const waitMs = Math.max(one.waitMs(now), other.waitMs(now));
  if (waitMs > 0) return waitMs;
  one.take();
  other.take();
  return 0;
}
