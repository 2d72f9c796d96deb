import { inTheWay } from '../../shared/in-the-way.ts';
import { Shop } from '../../shared/shop.ts';
import { planTokens } from '../../tokens/token-plan.ts';
import type { Options } from './arguments.ts';

export interface Prepared {
  ok: true;
  /** One a node; the first is the one that the operator talks to. */
  shops: [Shop, ...Shop[]];
  operatorToken: string;
  /** What signs tokens, where the crowd signs them itself. */
  secret?: string;
}

/** Checks everything that a run needs before the first socket is opened; explains what is missing in one line. */
export async function prepare(
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<Prepared | { ok: false; message: string }> {
  const cramped = tooManySockets(options.buyers + options.spectators, options.processes);
  if (cramped !== null) return { ok: false, message: cramped };

  const shops = options.url.map((url) => new Shop(url)) as [Shop, ...Shop[]];
  const answers = await Promise.all(shops.map((shop) => shop.status()));
  for (const [i, answer] of answers.entries()) {
    if (answer.ok || answer.status !== 0) continue;
    return {
      ok: false,
      message: `No shop at ${shops[i]?.url}: ${answer.message}. Is it running (npm start)?`,
    };
  }

  const [first] = answers;
  const obstacle =
    options.sale === 'new' && !options.replace && first?.ok ? inTheWay(first.value.sale, shops[0].url) : null;
  if (obstacle !== null) return { ok: false, message: obstacle };

  const tokens = await planTokens(shops[0], options.secretFile, env);
  return tokens.ok ? { ...tokens, shops } : tokens;
}

const sparePerProcess = 200;

/** A one-line explanation when this machine does not let a process open as many sockets as needed; else `null`. */
function tooManySockets(sockets: number, processes: number): string | null {
  const limit = softLimit();
  const each = Math.ceil(sockets / processes) + sparePerProcess;
  if (limit === null || each <= limit) return null;
  const enough = Math.ceil(sockets / Math.max(1, limit - sparePerProcess));
  return `A process may open ${limit} files here and each of ${processes} would need ${each}: take --processes ${enough}, or raise the limit (ulimit -n).`;
}

function softLimit(): number | null {
  const report = process.report?.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}
