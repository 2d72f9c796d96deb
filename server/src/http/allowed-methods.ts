import type { RouteOptions } from 'fastify';

/** The methods that an address accepts, for the `Allow` header of a 405. */
export class AllowedMethods {
  readonly #routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Records each route when it is added, except routes that match every address. */
  readonly note = ({ url, method }: Pick<RouteOptions, 'url' | 'method'>): void => {
    if (url.includes('*')) return;
    const route = this.#routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const each of [method].flat()) route.methods.add(each);
    this.#routes.set(url, route);
  };

  /** Empty if nothing is at this address. */
  at(address: string): string[] {
    const path = address.split('?', 1)[0] as string;
    const methods = new Set<string>();
    for (const route of this.#routes.values()) {
      if (route.pattern.test(path)) for (const each of route.methods) methods.add(each);
    }
    return [...methods].sort();
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')));
  return new RegExp(`^${parts.join('/')}$`);
}
