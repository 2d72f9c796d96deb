import type { Server } from 'node:net';
import type { BuyRefused } from '@flipzon/protocol/schemas.ts';
import type { Buy } from '../buying/buy.ts';
import { createGuardedBuy, type GuardedBuy } from '../buying/guard-buy.ts';
import { createCaptcha } from '../challenge/captcha.ts';
import { type Challenge, createChallenge } from '../challenge/challenge.ts';
import { createProofOfWork } from '../challenge/proof-of-work.ts';
import type { ChallengeProvider } from '../challenge/provider.ts';
import { type Config, captchaHostnames } from '../config.ts';
import { createAskedDirectly } from '../limits/asked-directly.ts';
import { type AskedFrom, createClientAddress } from '../limits/client-address.ts';
import { createNetworkOf, limitConnections, type NetworkOf } from '../limits/client-networks.ts';
import { NetworkLimits, type NetworkRefusal, unlimitedNetwork } from '../limits/network-limits.ts';
import { networksOf } from '../limits/networks.ts';
import type { BlockedStore } from '../mongo/blocked-store.ts';
import { type Blocking, createBlocking } from '../operator/blocking.ts';
import { type Access, createAccess } from '../presale/access.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Announcer, Clock, ReceiptKeys } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';
import { includes } from '../shared/address-list.ts';
import { readAddress } from '../shared/read-address.ts';
import { RereadSet } from '../shared/reread-set.ts';

/** An address with more sockets than this is crowded. */
const crowdSockets = 20;

interface Dependencies {
  config: Config;
  store: BlockedStore;
  log: OperatorLog;
  receiptKeys: ReceiptKeys;
  clock: Clock;
  current: CurrentSale;
  announcer: Announcer;
  /** A customer has asked for a unit. */
  onPress: (customerId: string) => void;
  /** A request was refused before it became a buy. */
  onRefused: (code: BuyRefused['code'], tookMs: number) => void;
  onNetworkRefused: (reason: NetworkRefusal['reason']) => void;
  onError: (error: unknown) => void;
}

export interface Guard extends Disposable {
  networkOf: NetworkOf;
  onNetworkRefused: Dependencies['onNetworkRefused'];
  /** TCP connections of each address, idle ones included. */
  limitConnections: (server: Server) => void;
  mayReadMetrics: (request: AskedFrom) => boolean;
  blocked: RereadSet;
  challenge: Challenge;
  access: Access;
  /** Which networks' shares a request takes; null: it is not counted. */
  countedNetworks: (request: AskedFrom) => ReturnType<typeof networksOf>;
  blocking: Blocking;
  /** The guarded buy. */
  around: (buy: Buy) => GuardedBuy;
}

/** Everything that keeps bots and blocked customers away from the sale. */
export function createGuard({
  config,
  store,
  log,
  receiptKeys,
  clock,
  current,
  announcer,
  ...on
}: Dependencies): Guard {
  const limits = new NetworkLimits({
    perAddress: {
      sockets: config.ADDRESS_SOCKETS,
      connects: config.ADDRESS_CONNECTS,
      buys: config.ADDRESS_BUYS,
      requests: config.ADDRESS_REQUESTS,
    },
    perSubnet: {
      sockets: config.SUBNET_SOCKETS,
      connects: config.SUBNET_CONNECTS,
      buys: config.SUBNET_BUYS,
      requests: config.SUBNET_REQUESTS,
    },
    crowdSockets,
    unlimited: config.UNLIMITED_ADDRESSES,
  });
  const blocked = new RereadSet({ all: store.all, onError: on.onError });
  const challenge = createChallenge({
    policy: config.CHALLENGE,
    provider: providerOf(config, receiptKeys, on.onError),
    keys: receiptKeys,
    now: () => clock.now(),
  });
  const access = createAccess(receiptKeys);
  const addressOf = createClientAddress(config.TRUSTED_PROXIES);
  const networkOfPeer = (text: string) => {
    const address = readAddress(text) ?? '';
    return includes(config.TRUSTED_PROXIES, address)
      ? unlimitedNetwork
      : limits.at(address, performance.now());
  };
  const tell = async () => {
    await blocked.refresh();
    await announcer.announce('blocked');
  };
  return {
    networkOf: createNetworkOf(addressOf, limits, () => performance.now()),
    onNetworkRefused: on.onNetworkRefused,
    limitConnections: (server) =>
      limitConnections(server, networkOfPeer, () => on.onNetworkRefused('network_connections')),
    mayReadMetrics: createAskedDirectly(config.METRICS_ADDRESSES),
    blocked,
    challenge,
    access,
    countedNetworks(request) {
      const { address, unreadable } = addressOf(request);
      return !unreadable && includes(config.UNLIMITED_ADDRESSES, address) ? null : networksOf(address);
    },
    blocking: createBlocking({ store, log, clock, isBlocked: (id) => blocked.has(id), tell }),
    around: (buy) =>
      createGuardedBuy({
        buy,
        blocked,
        ...{ challenge, access, clock },
        current,
        now: () => performance.now(),
        onPress: on.onPress,
        onRefused: on.onRefused,
      }),
    [Symbol.dispose]: () => blocked[Symbol.dispose](),
  };
}

function providerOf(config: Config, keys: ReceiptKeys, onError: (error: unknown) => void): ChallengeProvider {
  const {
    CHALLENGE_CAPTCHA_URL: verifyUrl,
    CHALLENGE_CAPTCHA_SECRET: secret = '',
    CHALLENGE_CAPTCHA_SITE_KEY: siteKey = '',
    CHALLENGE_CAPTCHA_SCORE: scoreMin,
  } = config;
  return verifyUrl === undefined
    ? createProofOfWork(config.CHALLENGE_BITS, keys)
    : createCaptcha({ verifyUrl, secret, siteKey, scoreMin, hostnames: captchaHostnames(config), onError });
}
