import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

type Part = 'setup' | 'control' | 'watch' | 'customers' | 'after';

/** An operator with a browser on the console. */
export class OperatorConsole {
  readonly operatorId: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly url: string;

  private constructor(operatorId: string, page: Page, url: string) {
    this.operatorId = operatorId;
    this.context = page.context();
    this.page = page;
    this.url = url;
  }

  static async enter(context: BrowserContext, operatorId: string, url: string): Promise<OperatorConsole> {
    return new OperatorConsole(operatorId, await context.newPage(), url);
  }

  async open(part: Part = 'control'): Promise<void> {
    await this.page.goto(`${this.url}/console#${part}`);
    await expect(this.page.locator('[data-part]')).toHaveAttribute('data-part', part);
  }

  async goTo(name: 'Sales' | 'Control' | 'Live' | 'Results'): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).click();
  }

  /** What the strip above every part says of the sale. */
  async expectStats(stats: { remaining?: number; gone?: number; orders?: number }): Promise<void> {
    for (const [name, count] of Object.entries(stats)) {
      await expect(this.page.getByTestId(name), name).toHaveAttribute('value', String(count));
    }
  }

  async expectInvariantStatus(status: 'good' | 'behind' | 'bad' | 'unknown'): Promise<void> {
    await expect(this.page.getByTestId('invariant-status')).toHaveAttribute('data-status', status);
  }

  /** One of the steps, and the dialog that explains it. */
  async begin(step: string, dialog = step): Promise<Locator> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(`^${step}`) })
      .click();
    return this.page.getByRole('dialog', { name: dialog });
  }

  /** Sales that wait for their turn. */
  get plans(): Locator {
    return this.page.getByTestId('plans').getByRole('listitem');
  }

  get log(): Locator {
    return this.page.getByTestId('log').getByRole('listitem');
  }
}
