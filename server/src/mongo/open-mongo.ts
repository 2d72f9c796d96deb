import type { KeyObject } from 'node:crypto';
import type { SettingsStore } from '../brand/shop-settings.ts';
import type { ApiKeyStore } from '../identity/api-keys.ts';
import type { EmailCodeStore } from '../identity/email-codes.ts';
import type { PeopleStore } from '../identity/people.ts';
import type { SessionStore } from '../identity/sessions.ts';
import type { CustomerAddresses } from '../identity/sign-in.ts';
import type { OrderMailStore } from '../mail/order-mails.ts';
import type { Probe } from '../operator/preflight.ts';
import type { RehearsalStore } from '../operator/rehearsals.ts';
import type { AccessCodeStore } from '../presale/access-codes.ts';
import type { UnusedImageStore } from '../product/image-sweep.ts';
import type { ImageStore } from '../product/images.ts';
import { createNumberOrder } from '../sale/order-number.ts';
import type { Clock, ReceiptKeys } from '../sale/ports.ts';
import type {
  ClaimRepairs,
  HoldStore,
  OperatorLog,
  OrderStore,
  PastSales,
  PaymentReferences,
  PlanStore,
  Recounts,
  SaleHistory,
  SaleStore,
} from '../sale/store-ports.ts';
import type { TallyStore } from '../seal/buy-tally.ts';
import type { SealStore } from '../seal/seal.ts';
import { createAccessCodeStore } from './access-code-store.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { type BlockedStore, createBlockedStore } from './blocked-store.ts';
import { createClaimRepairs } from './claim-repairs.ts';
import { connectMongo, readersMax } from './connection.ts';
import { wrongTotals } from './customer-totals.ts';
import { createCustomerAddresses, createEmailCodeStore } from './email-code-store.ts';
import { createHoldStore } from './hold-store.ts';
import { createImageStore } from './image-store.ts';
import { emailCustomerKey, orderNumberKey } from './kept-key.ts';
import type { Models } from './models.ts';
import { createModels, modelsOn } from './models.ts';
import { createOperatorLog } from './operator-log.ts';
import { createOrderMailStore } from './order-mail-store.ts';
import { createOrderStore } from './order-store.ts';
import { createPastSales } from './past-sales.ts';
import { createPaymentReferences } from './payment-references.ts';
import { createPeopleStore } from './people-store.ts';
import { createPlanStore } from './plan-store.ts';
import { mongoProbes } from './preflight-mongo.ts';
import { ReceiptKeyring } from './receipt-keys.ts';
import { createRecounts } from './recounts.ts';
import { createRehearsalStore } from './rehearsal-store.ts';
import { createSaleHistory } from './sale-history.ts';
import { createSaleStore } from './sale-store.ts';
import { createSealStore } from './seal-store.ts';
import { createWhyFull, scansForAllButIds } from './server-kind.ts';
import { createSessionStore } from './session-store.ts';
import { createSettingsStore } from './settings-store.ts';
import { createTallyStore } from './tallies.ts';
import { createUnusedImageStore } from './unused-image-store.ts';

interface Settings {
  uri: string;
  /** Overrides the database that the URI names. */
  database: string | undefined;
  clock: Clock;
  onError: (error: unknown) => void;
}

export interface Mongo extends AsyncDisposable {
  orders: OrderStore;
  /** The orders on separate connections, for reads only. */
  shownOrders: OrderStore;
  holds: HoldStore;
  /** The holds on separate connections, for reads only. */
  shownHolds: HoldStore;
  paymentReferences: PaymentReferences;
  apiKeys: ApiKeyStore;
  sales: SaleStore;
  repairs: ClaimRepairs;
  blocked: BlockedStore;
  accessCodes: AccessCodeStore;
  sessions: SessionStore;
  emailCodes: EmailCodeStore;
  customerAddresses: CustomerAddresses;
  orderMails: OrderMailStore;
  emailCustomerKey: () => Promise<KeyObject>;
  people: PeopleStore;
  settings: SettingsStore;
  operatorLog: OperatorLog;
  plans: PlanStore;
  images: ImageStore;
  unusedImages: UnusedImageStore;
  rehearsals: RehearsalStore;
  seals: SealStore;
  tallies: TallyStore;
  receiptKeys: ReceiptKeys;
  wrongTotals(saleId: string): ReturnType<typeof wrongTotals>;
  recoveryTimes(saleId: string): Promise<number[]>;
  isConnected(): boolean;
  history: SaleHistory;
  pastSales: PastSales;
  recounts: Recounts;
  /** Why this server can take no further sale; null if it can. */
  whyFull(): Promise<string | null>;
  probes: Probe[];
}

/** All that a node keeps in MongoDB. Rejects when none answers, and resolves when every index exists. */
export async function openMongo({ uri, database, clock, onError }: Settings): Promise<Mongo> {
  await using undo = new AsyncDisposableStack();
  const connection = await connectMongo(uri, database, onError);
  undo.defer(() => connection.close());
  const models = await createModels(connection);
  const readers = await connectMongo(uri, database, onError, readersMax);
  undo.defer(() => readers.close());
  const shown = modelsOn(readers);
  const scans = await scansForAllButIds(connection);
  const whyFull = createWhyFull(readers, scans);
  const keyring = undo.use(await ReceiptKeyring.open(models, clock, onError));
  const numberOrder = createNumberOrder(await orderNumberKey(models));
  const opened = undo.move();
  return {
    orders: createOrderStore(models, { scans, numberOrder }),
    shownOrders: createOrderStore(shown, { scans, numberOrder }),
    holds: createHoldStore(models),
    shownHolds: createHoldStore(shown),
    paymentReferences: createPaymentReferences(models),
    apiKeys: createApiKeyStore(models),
    sales: createSaleStore(models, clock),
    repairs: createClaimRepairs(models),
    blocked: createBlockedStore(models),
    accessCodes: createAccessCodeStore(models),
    sessions: createSessionStore(models),
    emailCodes: createEmailCodeStore(models),
    customerAddresses: createCustomerAddresses(models),
    orderMails: createOrderMailStore(models, { scans }),
    emailCustomerKey: () => emailCustomerKey(models),
    people: createPeopleStore(models),
    settings: createSettingsStore(models),
    receiptKeys: keyring.keys,
    operatorLog: createOperatorLog(models),
    plans: createPlanStore(models),
    images: createImageStore(models, shown),
    unusedImages: createUnusedImageStore(shown),
    rehearsals: createRehearsalStore(models),
    seals: createSealStore(shown),
    tallies: createTallyStore(models),
    wrongTotals: (saleId) => wrongTotals(shown, saleId, scans),
    recoveryTimes: (saleId) => recoveryTimes(models, saleId),
    pastSales: createPastSales(shown),
    recounts: createRecounts(models),
    history: createSaleHistory(shown, createPlanStore(shown), clock),
    whyFull,
    probes: mongoProbes(connection, clock, whyFull),
    isConnected: () => connection.readyState === 1,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** When Redis had to be rebuilt for a sale, oldest first. Its first epoch was no recovery. */
async function recoveryTimes({ SaleEpoch }: Pick<Models, 'SaleEpoch'>, saleId: string): Promise<number[]> {
  const epochs = await SaleEpoch.find({ saleId }).sort({ epoch: 1 }).lean();
  return epochs.filter(({ epoch }) => epoch > 1).map(({ at }) => at.getTime());
}
