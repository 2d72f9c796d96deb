import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { openEnvironment } from '../bench/environment/environment.ts';
import { measure } from '../bench/environment/measure.ts';
import { startOurs } from '../bench/environment/ours.ts';
import { machine } from '../bench/report/machine.ts';
import { signToken } from '../shared/tokens.ts';
import { type Asked, everyRoute, type OpenApi, placeOfCustomer } from './asked.ts';

/** `npm run routes`: the processor time of one request of each route, with a sale of 1,000 units that is over and sealed. */

const units = 1_000;
/** Some routes have a rate for each customer. */
const customers = 500;
const connections = 4;
const idleMs = 3_000;
const sealedMsMax = 60_000;
const worthExplainingMs = 2;

const { requests: requestsText } = new Command('routes')
  .description('CPU time of a node per request, by route, as a Markdown table.')
  .option('--requests <n>', 'of each route; a quarter of them before, to warm up', '400')
  .parse()
  .opts<{ requests: string }>();
const requests = Number(requestsText);
if (!Number.isInteger(requests) || requests < 4) throw new Error('--requests: a whole number from 4');

await using environment = await openEnvironment();
await using ours = await startOurs(environment);
const url = ours.urls[0] ?? '';
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
const tokens = {
  operator: [await signToken(environment.jwtSecret, 'operator', 'operator')],
  customer: await Promise.all(
    Array.from({ length: customers }, (_, i) =>
      signToken(environment.jwtSecret, `customer-${i}`, 'customer'),
    ),
  ),
  none: [undefined],
};

const asking = async ({ method, path, who, headers, body }: Asked, count: number) => {
  const statuses = new Map<number, number>();
  let bytes = 0;
  let next = 0;
  const one = async () => {
    while (next < count) {
      const index = next++ % tokens[who].length;
      const own = path.replace(placeOfCustomer, String(index));
      const { status, length } = await ask({
        method,
        path: own,
        token: tokens[who][index],
        headers: headers ?? {},
        body,
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      bytes = Math.max(bytes, length);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { statuses, bytes };
};

interface Request {
  method: string;
  path: string;
  token: string | undefined;
  headers: Record<string, string>;
  body?: unknown;
}
function ask({ method, path, token, headers, body }: Request): Promise<{ status: number; length: number }> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, url), {
      ...{ agent, method },
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let length = 0;
      response.on('data', (chunk) => {
        length += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, length }));
      response.on('error', reject);
    });
    request.end(text);
  });
}

async function soldAndSealed(): Promise<string> {
  await ours.openSale({ quantity: units, perCustomer: 2 });
  const buy: Asked = { name: '', method: 'POST', path: '/buy', who: 'customer' };
  await asking(buy, units);
  await ours.settled();
  const deadlineMs = performance.now() + sealedMsMax;
  const path = `/sales/${ours.saleId()}/seal`;
  while ((await ask({ method: 'GET', path, token: undefined, headers: {} })).status !== 200) {
    if (performance.now() > deadlineMs) throw new Error('the sale is not sealed after a minute');
    await delay(200);
  }
  return ours.saleId();
}

const saleId = await soldAndSealed();
const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
const idle = await measure(ours, () => delay(idleMs));
const idleShare = idle.cpuMs / idle.wallMs;
const rows: { name: string; who: string; statuses: string; bytes: number; cpuMs: number }[] = [];
for (const asked of everyRoute(document, { saleId, orderId: `${saleId}:customer-${placeOfCustomer}:1` })) {
  await asking(asked, Math.ceil(requests / 4));
  const { result, cpuMs, wallMs } = await measure(ours, () => asking(asked, requests));
  const statuses = [...result.statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  const each = Math.max(0, cpuMs - idleShare * wallMs) / requests;
  rows.push({ name: asked.name, who: asked.who, statuses, bytes: result.bytes, cpuMs: each });
  console.error(`  ${asked.name}: ${each.toFixed(2)} ms`);
}
agent.destroy();

rows.sort((a, b) => b.cpuMs - a.cpuMs);
console.log(
  `${machine()}; ${environment.runsOn}; ${requests} requests of each route over ${connections} connections\n`,
);
console.log('| route | token | answers | bytes at most | CPU ms each |\n|---|---|---|---|---|');
for (const { name, who, statuses, bytes, cpuMs } of rows)
  console.log(`| \`${name}\` | ${who} | ${statuses} | ${bytes} | ${cpuMs.toFixed(2)} |`);
const dear = rows.filter(({ cpuMs }) => cpuMs > worthExplainingMs).map(({ name }) => name);
console.log(`\nMore than ${worthExplainingMs} ms: ${dear.length === 0 ? 'none' : dear.join('; ')}`);
