import { RecentMap } from '../shared/recent-map.ts';

/** Sales, far more than are asked about at the same time. */
const salesMax = 200;

/**
 * Finds the newest of a sale's revisions or epochs. They are numbered without gaps, their number is in their primary key, and none is ever
 * changed, so the newest known one leads to those after it. A search by sale would make FerretDB read the whole collection each time.
 */
export class NewestNumbered<Doc> {
  readonly #known = new RecentMap<string, Doc>(salesMax);
  readonly #search: (saleId: string) => Promise<Doc | null>;
  readonly #after: (known: Doc) => Promise<Doc | null>;

  /** `search`: by sale. `after`: the one with the next number, by primary key. */
  constructor(search: (saleId: string) => Promise<Doc | null>, after: (known: Doc) => Promise<Doc | null>) {
    this.#search = search;
    this.#after = after;
  }

  async of(saleId: string): Promise<Doc | null> {
    const known = this.#known.get(saleId);
    let newest = known ?? (await this.#search(saleId));
    if (newest === null) return null;
    if (known !== undefined) {
      for (let next = await this.#after(known); next !== null; next = await this.#after(next)) newest = next;
    }
    this.#known.set(saleId, newest);
    return newest;
  }
}
