import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { inTheWay } from '../shared/in-the-way.ts';
import { Shop } from '../shared/shop.ts';
import { loginTokens, signingTokens } from '../shared/tokens.ts';
import { tokenLines } from '../tokens/make-tokens.ts';
import { planTokens } from '../tokens/token-plan.ts';
import { writeTokens } from '../tokens/write-tokens.ts';
import type { ToolOptions } from './tool-options.ts';

export interface ToolRun extends AsyncDisposable {
  shop: Shop;
  operatorToken: string;
  /** For what the tool reads and writes; removed with the run. */
  folder: string;
  /** CSV with a heading, `customerId,token`: a row for each customer. */
  tokensFile: string;
  /** Schedules the sale of the run, from the moment that the tool is ready to be started. */
  scheduleSale(): Promise<{ ok: true; sale: Sale } | { ok: false; message: string }>;
}

/** All that a load tool needs before it is started: a shop that answers, and tokens for its customers. */
export async function openToolRun(
  options: ToolOptions,
  toolName: string,
  env: NodeJS.ProcessEnv,
): Promise<{ ok: true; toolRun: ToolRun } | { ok: false; message: string }> {
  const { url, customers, quantity, leadS, secretFile } = options;
  const shop = new Shop(url);
  const status = await shop.status();
  if (!status.ok && status.status === 0) {
    return {
      ok: false,
      message: `No shop at ${url}: ${status.message}. Start one with npm start, or name another with --url.`,
    };
  }
  const obstacle = status.ok && !options.replace ? inTheWay(status.value.sale, url) : null;
  if (obstacle !== null) return { ok: false, message: obstacle };
  const plan = await planTokens(shop, secretFile, env);
  if (!plan.ok) return plan;

  const folder = await mkdtemp(join(tmpdir(), `flipzon-${toolName}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  const tokensFile = join(folder, 'tokens.csv');
  const source = plan.secret === undefined ? loginTokens(shop.http) : signingTokens(plan.secret);
  // Each run has its own customers, so that none has orders of an earlier run.
  const prefix = `${toolName}-${Date.now().toString(36)}`;
  try {
    await writeTokens(tokenLines(source, { count: customers, prefix, format: 'csv' }), tokensFile);
  } catch (error) {
    await remove();
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const { operatorToken } = plan;
  return {
    ok: true,
    toolRun: {
      shop,
      operatorToken,
      folder,
      tokensFile,
      async scheduleSale() {
        const startsAt = new Date(Date.now() + leadS * 1000).toISOString();
        const started = await shop.start(operatorToken, { quantity, startsAt, name: 'iPhone' });
        return started.ok
          ? { ok: true, sale: started.value }
          : { ok: false, message: `POST /start failed: ${started.message}.` };
      },
      [Symbol.asyncDispose]: remove,
    },
  };
}
