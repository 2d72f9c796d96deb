const hopsMax = 12;

/** What a browser does with cookies and redirects, of one host, without a page. Cookies do not tell ports apart, as in a browser. */
export class CookieBrowser {
  readonly cookies = new Map<string, string>();

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const isOver = attributes.some((each) => /^max-age=0$/i.test(each) || /^expires=.*1970/i.test(each));
      if (isOver || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Follows redirects until there is a page, or an address that is to be stopped before. */
  async go(
    url: string,
    stopAt: (url: string) => boolean = () => false,
  ): Promise<{ url: string; response: Response }> {
    for (let hops = 0, at = url; hops < hopsMax; hops++) {
      const response = await this.ask(at);
      const next = response.headers.get('location');
      if (next === null) return { url: at, response };
      at = new URL(next, at).href;
      if (stopAt(at)) return { url: at, response };
    }
    throw new Error(`more than ${hopsMax} redirects from ${url}`);
  }

  /** As a page of the shop does. */
  async post(url: string, path: string): Promise<Response> {
    return this.ask(`${url}${path}`, {
      method: 'POST',
      headers: { origin: url, accept: 'application/json' },
    });
  }

  /** Signs in at the provider by name; resolves with the address of the shop that it sends the browser to. */
  async signInAs(login: string, from: string): Promise<string> {
    const { url, response } = await this.go(from, isCallback);
    if (isCallback(url)) return url;
    const form = /action="([^"]+)"/.exec(await response.text())?.[1];
    if (form === undefined) throw new Error(`no form to sign in at ${url}`);
    const sent = await this.ask(new URL(form, url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ prompt: 'login', login, password: 'any' }),
    });
    const back = new URL(sent.headers.get('location') ?? '', url).href;
    return (await this.go(back, isCallback)).url;
  }
}

function isCallback(url: string): boolean {
  return new URL(url).pathname === '/auth/callback';
}
