import { expect, type Page, type WebSocketRoute } from '@playwright/test';
import { requestIdOf } from './buy-frame.ts';

type Frame = { text: string; pass: () => void };

/** A line between a page and its node that can be made bad. Everything passes until a test says otherwise. */
export class FaultyConnection {
  /** The request id of each buy that the page has sent, in order. */
  readonly buysSent: string[] = [];
  #toPage: RegExp | null = null;
  #toNode: RegExp | null = null;
  #held: Frame[] = [];
  #cut = false;
  #last: WebSocketRoute | null = null;

  static async between(page: Page): Promise<FaultyConnection> {
    const connection = new FaultyConnection();
    await page.routeWebSocket(/\/socket\.io\//, (socket) => {
      if (connection.#cut) {
        void socket.close({ code: 1001 });
        return;
      }
      connection.#last = socket;
      const node = socket.connectToServer();
      socket.onMessage((message) => {
        const requestId = requestIdOf(String(message));
        if (requestId !== null) {
          connection.buysSent.push(requestId);
        }
        connection.#handle(connection.#toNode, { text: String(message), pass: () => node.send(message) });
      });
      node.onMessage((message) => {
        connection.#handle(connection.#toPage, { text: String(message), pass: () => socket.send(message) });
      });
    });
    return connection;
  }

  /** From now on, frames to the page that match are kept back. */
  holdToPage(pattern: RegExp): void {
    this.#toPage = pattern;
  }

  /** From now on, frames to the node that match are kept back. */
  holdToNode(pattern: RegExp): void {
    this.#toNode = pattern;
  }

  /** The connection breaks, and none can be made. */
  async cut(): Promise<void> {
    this.#cut = true;
    await this.break();
  }

  /** Connections can be made again. */
  restore(): void {
    this.#cut = false;
  }

  async expectHeld(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.#held.some((frame) => pattern.test(frame.text))).toBe(true);
  }

  /** What was kept back arrives now, late. */
  release(): void {
    this.#heal().forEach((frame) => {
      frame.pass();
    });
  }

  /** The connection breaks, and what was kept back never arrives. */
  async break(): Promise<void> {
    this.#heal();
    await this.#last?.close({ code: 1001 });
  }

  /** What was kept back never arrives. */
  lose(): void {
    this.#heal();
  }

  #heal(): Frame[] {
    const held = this.#held;
    this.#held = [];
    this.#toPage = null;
    this.#toNode = null;
    return held;
  }

  #handle(held: RegExp | null, frame: Frame): void {
    if (held?.test(frame.text)) {
      this.#held.push(frame);
    } else {
      frame.pass();
    }
  }
}
