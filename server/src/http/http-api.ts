import type { Transport } from '@flipzon/protocol/page.ts';
import { ShopPictures } from '../brand/shop-pictures.ts';
import type { ShopSettings } from '../brand/shop-settings.ts';
import type { GuardedBuy } from '../buying/guard-buy.ts';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import type { Challenge } from '../challenge/challenge.ts';
import type { SettleHold } from '../holds/settle-hold.ts';
import type { ApiKeys } from '../identity/api-keys.ts';
import type { NetworkOf } from '../limits/client-networks.ts';
import { createRequestRate } from '../limits/request-rate.ts';
import type { BlockedList, Blocking } from '../operator/blocking.ts';
import type { createCancelOrder } from '../operator/cancel-order.ts';
import type { Operate } from '../operator/operate.ts';
import type { Plans } from '../operator/plans.ts';
import type { Preflight } from '../operator/preflight.ts';
import type { Rehearsals } from '../operator/rehearsals.ts';
import type { Images } from '../product/images.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Claim } from '../sale/order.ts';
import type { Audit, Clock, ReceiptKeys, Tokens } from '../sale/ports.ts';
import type { HoldStore, OperatorLog, OrderStore, SaleHistory, SaleStore } from '../sale/store-ports.ts';
import type { ReadReport } from '../seal/report.ts';
import { type AccessParts, accessRoutes } from './access-routes.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { auditRoute } from './audit-route.ts';
import { type AuthParts, sessionRoutes, signInRoutes } from './auth-routes.ts';
import { createRequireRole, createRequireScope, type RequireRole } from './authenticate.ts';
import { buyRoute } from './buy-route.ts';
import { cancelRoute } from './cancel-route.ts';
import { challengeRoutes } from './challenge-routes.ts';
import { customerRoutes } from './customer-routes.ts';
import { customerSearchRoutes } from './customer-search-routes.ts';
import { emailCodeRoutes } from './email-code-routes.ts';
import { type HealthParts, healthRoutes } from './health-routes.ts';
import { holdRoutes } from './hold-routes.ts';
import { createHttpServer, type HttpSettings } from './http-server.ts';
import { imageRoutes } from './image-routes.ts';
import { operatorConsoleRoutes } from './operator-console-routes.ts';
import { operatorLogRoute } from './operator-log-route.ts';
import { operatorRoutes } from './operator-routes.ts';
import { ordersExportRoute } from './orders-export-route.ts';
import { peopleRoutes } from './people-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { type Login, publicRoutes } from './public-routes.ts';
import { receiptsRoute } from './receipts-route.ts';
import { rehearsalRoutes } from './rehearsal-routes.ts';
import { reportRoute } from './report-route.ts';
import type { HttpApp } from './routes.ts';
import { type SealParts, sealRoutes } from './seal-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { shareRoutes } from './share-routes.ts';

/** Presentations of receipts and requests for proofs, per customer and node; a client that polls for its order asks less often. */
const receiptsRate = { points: 5, perMs: 1_000 };

/** Payments, per API key or operator and node: a checkout confirms a sold-out sale within seconds. */
const paymentsRate = { points: 200, perMs: 1_000 };

/** Releases of holds, per customer or operator and node. */
const releasesRate = { points: 20, perMs: 10_000 };

/** Rate of reading one's own orders, per customer and node. */
const ordersRate = { points: 5, perMs: 1_000 };

/** Uploads, per operator and node: all pictures of a product at once, then one every six seconds. */
const imagesRate = { points: 20, perMs: 120_000 };

/** Refreshes, per session and node; a page needs one in several minutes. */
const refreshRate = { points: 10, perMs: 10_000 };

/** Searches and looks at customers, per operator and node; a page asks when something is pressed. */
const searchRate = { points: 20, perMs: 2_000 };

/** Solutions, per customer and node; a wrong one is a mistake or a guess. */
const challengeRate = { points: 5, perMs: 1_000 };

export interface HttpApiParts
  extends Omit<HttpSettings, 'routes' | 'pages' | 'preview' | 'snapshot' | 'shop' | 'pictures'>,
    AccessParts,
    HealthParts {
  /** Of sales that name none. */
  currency: string;
  /** Socket.IO transports that the page may use. */
  transports: Transport[];
  tokens: Tokens;
  clock: Clock;
  current: CurrentSale;
  customerOrders: CustomerOrders;
  buy: GuardedBuy;
  networkOf: NetworkOf;
  blocking: Blocking;
  blockedList: BlockedList;
  pressedIn: (saleId: string) => Promise<number | null>;
  challenge: Challenge;
  operate: Operate;
  cancelOrder: ReturnType<typeof createCancelOrder>;
  operatorLog: OperatorLog;
  plans: Plans;
  rehearsals: Rehearsals;
  images: Images;
  settings: ShopSettings;
  history: SaleHistory;
  preflight: Preflight;
  audit: Audit;
  orders: OrderStore;
  settleHold: SettleHold;
  apiKeys: ApiKeys;
  holds: Pick<HoldStore, 'ofClaims'>;
  sales: SaleStore;
  receiptKeys: ReceiptKeys;
  redeemReceipt: (claim: Claim) => Promise<void>;
  /** Seal and report of past sales. */
  afterSale: Pick<SealParts, 'published' | 'claimOf'> & { report: ReadReport };
  /** Null: tokens come from an identity provider. */
  login: Login | null;
  /** Null: no one signs in at this shop. */
  auth: Omit<AuthParts, 'rate'> | null;
}

/** Gives each route its dependencies. */
export async function createHttpApi(parts: HttpApiParts): Promise<HttpApp> {
  const requireRole = createRequireRole(parts.tokens, parts.clock);
  const auth = parts.auth && { ...parts.auth, rate: createRequestRate(refreshRate) };
  const shop = () => parts.settings.shown;
  const pictures = new ShopPictures({ shop, readImage: parts.images.file });
  const { publicUrl } = parts;
  const app = await createHttpServer({
    logger: parts.logger,
    allowedOrigins: parts.allowedOrigins,
    clientDir: parts.clientDir,
    timeZone: parts.timeZone,
    snapshot: () => ({
      sale: parts.current.view(),
      transports: parts.transports,
      demoLogin: parts.login !== null,
      currency: parts.currency,
      provider: {
        customer: auth?.signIn.has('customer') ?? false,
        operator: auth?.signIn.has('operator') ?? false,
      },
      emailCodes: auth?.emailCodes != null,
    }),
    ...{ shop, publicUrl, pictures },
    networkOf: parts.networkOf,
    onNetworkRefused: parts.onNetworkRefused,
    isDraining: parts.isDraining,
    routes: (routes) => {
      publicRoutes(routes, { ...parts, requireRole, rate: createRequestRate(ordersRate) });
      buyRoute(routes, { ...parts, requireRole });
      customerRoutes(routes, { ...parts.blocking, requireRole });
      customerSearchRoutes(routes, { ...parts, requireRole, rate: createRequestRate(searchRate) });
      challengeRoutes(routes, { ...parts, requireRole, rate: createRequestRate(challengeRate) });
      accessRoutes(routes, { ...parts, requireRole });
      receiptsRoute(routes, { ...parts, requireRole, rate: createRequestRate(receiptsRate) });
      operatorRoutes(routes, { ...parts, requireRole });
      imageRoutes(routes, { ...parts, requireRole, rate: createRequestRate(imagesRate) });
      shareRoutes(routes, { shop, publicUrl, pictures });
      settingsRoutes(routes, { settings: parts.settings, requireRole });
      planRoutes(routes, { ...parts, requireRole });
      cancelRoute(routes, { ...parts, requireRole });
      paymentRoutes(routes, parts, requireRole);
      operatorConsoleRoutes(routes, { ...parts, requireRole });
      rehearsalRoutes(routes, { ...parts, requireRole });
      operatorLogRoute(routes, { ...parts, requireRole });
      auditRoute(routes, { ...parts, requireRole });
      ordersExportRoute(routes, { ...parts, requireRole });
      sealRoutes(routes, { ...parts.afterSale, requireRole, rate: createRequestRate(receiptsRate) });
      healthRoutes(routes, parts);
      if (auth !== null) {
        sessionRoutes(routes, auth);
        const { emailCodes } = auth;
        if (emailCodes !== null) emailCodeRoutes(routes, { ...parts, ...auth, emailCodes });
        peopleRoutes(routes, { people: auth.people, requireRole });
      }
    },
    pages: (pages, sendPage) => {
      reportRoute(pages, sendPage, parts.afterSale.report);
      if (auth !== null) signInRoutes(pages, sendPage, auth);
    },
    preview: parts.plans.preview,
  });
  await app.ready();
  return app;
}

function paymentRoutes(
  routes: HttpApp,
  { settleHold, apiKeys }: HttpApiParts,
  requireRole: RequireRole,
): void {
  holdRoutes(routes, {
    ...{ settleHold, requireRole, requireScope: createRequireScope(apiKeys, requireRole) },
    paymentRate: createRequestRate(paymentsRate),
    rate: createRequestRate(releasesRate),
  });
  apiKeyRoutes(routes, { apiKeys, requireRole });
}
