import { once } from 'node:events';
import { createConnection } from 'node:net';
import { FatalError } from '../fatal.ts';

const REACH_MS_MAX = 3_000;
const DEFAULT_PORTS = { REDIS_URL: 6379, MONGODB_URI: 27017 };

/** Fails in one line when nothing listens where REDIS_URL or MONGODB_URI points; one host that answers is enough. */
export async function assertReachable(variable: keyof typeof DEFAULT_PORTS, value: string): Promise<void> {
  if (value.startsWith('mongodb+srv:')) return;
  const reasons: string[] = [];
  for (const { host, port } of hostsOf(value, DEFAULT_PORTS[variable])) {
    const reason = await refusal(host, port);
    if (reason === undefined) return;
    reasons.push(`${host}:${port} (${reason})`);
  }
  const service = variable === 'REDIS_URL' ? 'Redis' : 'MongoDB';
  throw new FatalError(
    `${variable} points to ${reasons.join(', ')}, where nothing answers. ` +
      `Start ${service} there, correct ${variable}, or leave it out: a private one is then run.`,
  );
}

/** Hosts of `redis://…,redis://…` and of `mongodb://user:password@a:1,b:2/db`. */
function hostsOf(value: string, defaultPort: number): { host: string; port: number }[] {
  return value
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^\w+:\/\//, '')
        .replace(/^[^/]*@/, '')
        .replace(/[/?].*$/, ''),
    )
    .filter((part) => part !== '')
    .map((part) => {
      const [, host = part, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(part) ?? [];
      return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? defaultPort) };
    });
}

async function refusal(host: string, port: number): Promise<string | undefined> {
  const socket = createConnection({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(REACH_MS_MAX) });
    return undefined;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return name === 'AbortError' ? 'no answer' : (code ?? String(error));
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}
