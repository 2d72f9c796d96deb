import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { requestIdOf } from './buy-frame.ts';
import { type Recording, recordingOf, recordPage } from './record-page.ts';

/** A person with a browser on the shop page. */
export class Shopper {
  readonly customerId: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The request id of each buy that the page has sent, in order; with a `FaultyConnection` between, that one has those over the socket. */
  readonly buysSent: string[] = [];
  readonly #url: string;

  private constructor(customerId: string, page: Page, url: string) {
    this.customerId = customerId;
    this.context = page.context();
    this.page = page;
    this.#url = url;
  }

  static async enter(context: BrowserContext, customerId: string, url: string): Promise<Shopper> {
    const page = await context.newPage();
    const shopper = new Shopper(customerId, page, url);
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const requestId = requestIdOf(String(payload));
        if (requestId !== null) {
          shopper.buysSent.push(requestId);
        }
      }),
    );
    page.on('request', (request) => {
      const requestId = request.headers()['idempotency-key'];
      if (requestId !== undefined) {
        shopper.buysSent.push(requestId);
      }
    });
    await recordPage(page);
    return shopper;
  }

  /** The same browser, in another tab. */
  async secondTab(): Promise<Shopper> {
    const tab = await Shopper.enter(this.context, this.customerId, this.#url);
    await tab.open();
    return tab;
  }

  /** Loads the page, whatever comes of it. */
  async visit(path = '/', waitUntil: 'load' | 'commit' = 'load'): Promise<void> {
    await this.page.goto(`${this.#url}${path}`, { waitUntil });
  }

  /** Loads the page and waits until it is connected, so that the server knows of it too. */
  async open(path = '/'): Promise<void> {
    await this.visit(path);
    await expect(this.page.getByTestId('connected')).toBeAttached();
  }

  async expectState(state: string | RegExp): Promise<void> {
    await expect(this.page.locator('[data-state]')).toHaveAttribute('data-state', state);
  }

  async expectRemaining(count: number): Promise<void> {
    await expect(this.page.getByTestId('remaining')).toHaveAttribute('value', String(count));
  }

  /** The digits that roll come a little after the page. */
  async expectRolling(): Promise<void> {
    await expect(this.page.locator('number-flow-react')).toBeAttached();
  }

  async expectUnit(unit: number): Promise<void> {
    await expect(this.order.getByRole('heading')).toHaveText(new RegExp(`^Unit\\s+${unit}$`));
  }

  /** The one button, when it says that it buys. */
  get buy(): Locator {
    return this.page.getByRole('button', { name: /^Buy for/ });
  }

  get order(): Locator {
    return this.page.getByRole('region', { name: 'Your order' });
  }

  recording(): Promise<Recording> {
    return recordingOf(this.page);
  }
}
