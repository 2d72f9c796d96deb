/** Placeholder in a path for the number of the customer who asks. */
export const placeOfCustomer = 'CUSTOMER';

/** A request to measure. */
export interface Asked {
  /** As the table has it. */
  name: string;
  method: string;
  path: string;
  who: 'none' | 'customer' | 'operator';
  headers?: Record<string, string>;
  body?: unknown;
}

export interface OpenApi {
  paths: Record<string, Record<string, { tags?: string[]; security?: unknown }>>;
}

const page = { accept: 'text/html,application/xhtml+xml' };
/** Addresses outside the API: the page, its assets, the documents, and unknown addresses. */
const others: readonly Omit<Asked, 'who' | 'name'>[] = [
  ...['/', '/board', '/console'].map((path) => ({ method: 'GET', path, headers: page })),
  ...['/docs/', '/docs/json', '/docs/yaml', '/docs/static/swagger-ui-bundle.js'].map((path) => ({
    method: 'GET',
    path,
  })),
  { method: 'GET', path: '/nothing/here' },
  { method: 'PUT', path: '/status' },
];
/** Routes that change something are called without a token, to show what a stranger can cause. These exceptions can be called again and again. */
const repeatable: readonly Omit<Asked, 'name' | 'path'>[] = [
  { method: 'POST /login', who: 'none', body: { customerId: 'measured' } },
  { method: 'POST /buy', who: 'customer' },
  { method: 'POST /receipts', who: 'customer', body: { receipts: ['none'] } },
];

/** Every route of the shop's OpenAPI document, and the addresses outside it. */
export function everyRoute(document: OpenApi, of: { saleId: string; orderId: string }): Asked[] {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([lower, { tags = [], security }]): Asked => {
      const method = lower.toUpperCase();
      const name = `${method} ${path}`;
      const id = path.startsWith('/orders') ? of.orderId : path.startsWith('/sales') ? of.saleId : 'measured';
      const again = repeatable.find((each) => each.method === name);
      const reads = method === 'GET' && security !== undefined;
      return {
        who: reads ? (tags.includes('operator') ? 'operator' : 'customer') : 'none',
        ...again,
        ...{ name, method, path: path.replace('{id}', encodeURIComponent(id)) },
      };
    }),
  );
  const report: Asked = {
    ...{ name: 'GET /sales/{id}/report, the page', method: 'GET', who: 'none' },
    ...{ path: `/sales/${of.saleId}/report`, headers: page },
  };
  return [
    ...routes,
    report,
    ...others.map((each): Asked => ({ ...each, name: `${each.method} ${each.path}`, who: 'none' })),
  ];
}
