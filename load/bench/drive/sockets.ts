import { openLink, type SocketLink } from '../../crowd/customers/socket-link.ts';
import { signingTokens } from '../../shared/tokens.ts';
import { stockSeen } from './stock-watch.ts';

export interface ConnectPlan {
  urls: readonly string[];
  count: number;
  /** With it the sockets are customers `PREFIX-0`, `PREFIX-1`, …; without they are spectators. */
  customers?: { prefix: string; secret: string };
  /** Handshakes under way at a time. */
  inFlight: number;
  localAddress?: string;
}

const connectMsMax = 30_000;

export class Sockets {
  links: SocketLink[] = [];

  /** Resolves once all have joined; how long that took, in ms. */
  async connect(
    plan: ConnectPlan,
  ): Promise<{ connected: number; failures: Record<string, number>; wallMs: number }> {
    const { urls, count, customers, inFlight, localAddress } = plan;
    const sign = customers && signingTokens(customers.secret);
    const tokens: (string | undefined)[] = [];
    for (let i = 0; i < count; i++) {
      const signed = await sign?.(`${customers?.prefix}-${i}`, 'customer');
      tokens.push(signed?.ok ? signed.token : undefined);
    }
    const failures: Record<string, number> = {};
    const before = this.links.length;
    const startedAtMs = performance.now();
    let next = 0;
    const lane = async () => {
      for (let i = next++; i < count; i = next++) {
        const token = tokens[i];
        const opened = await openLink({
          url: urls[i % urls.length] as string,
          connectTimeoutMs: connectMsMax,
          onStock: stockSeen,
          onClose: () => {},
          ...(token === undefined ? {} : { token }),
          ...(localAddress === undefined ? {} : { localAddress }),
        });
        if (opened.ok) this.links.push(opened.link);
        else failures[opened.code] = (failures[opened.code] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    return { connected: this.links.length - before, failures, wallMs: performance.now() - startedAtMs };
  }

  close(): void {
    for (const link of this.links) link.close();
    this.links = [];
  }
}
