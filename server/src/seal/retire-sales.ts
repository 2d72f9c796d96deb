import type { CurrentSale } from '../sale/current-sale.ts';
import type { EpochKeys } from '../sale/ledger-ports.ts';
import type { PastSales } from '../sale/store-ports.ts';

const lookEveryMs = 60_000;
const pageMax = 100;
/** Sales of the first page that are known to be retired are not looked at again. */
const knownMax = 2 * pageMax;

interface Dependencies {
  pastSales: PastSales;
  keys: Pick<EpochKeys, 'retire'>;
  current: Pick<CurrentSale, 'snapshot'>;
  onError: (error: unknown) => void;
}

/**
 * Makes the keys of past sales expire in Redis. Until a sale is sealed its keys are evidence; afterwards they get an expiry. Each
 * node checks all past sales when it starts, and the newest ones every minute; doing it twice is harmless.
 */
export class RetireSales {
  readonly #deps: Dependencies;
  readonly #retired = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#look(true);
    this.#timer = setInterval(() => this.#look(false), lookEveryMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  #look(all: boolean): void {
    this.#looking = this.#looking.then(() => this.lookOnce(all)).catch(this.#deps.onError);
  }

  /** `all`: every past sale, else the newest of them. */
  async lookOnce(all: boolean): Promise<void> {
    const { pastSales, keys, current } = this.#deps;
    // A sale that is planned for later may be newer than the current one, which may sell again.
    const shown = current.snapshot?.sale.id;
    if (shown === undefined) return;
    for (let before: string | undefined; !this.#stopped; ) {
      const { sales, next } = await pastSales.page({ before, limit: pageMax });
      for (const { saleId, epoch, sealed } of sales) {
        if (saleId === shown || saleId === current.snapshot?.sale.id) continue;
        if (!sealed || epoch === 0 || this.#retired.has(saleId) || this.#stopped) continue;
        if ((await keys.retire({ saleId, epoch })) && before === undefined) this.#note(saleId);
      }
      if (!all || next === null) return;
      before = next;
    }
  }

  #note(saleId: string): void {
    const [oldest] = this.#retired;
    if (this.#retired.size >= knownMax && oldest !== undefined) this.#retired.delete(oldest);
    this.#retired.add(saleId);
  }
}
