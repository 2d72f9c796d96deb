const answerMsMax = 15_000;

/** `unreachable`: no answer came, so it is unknown whether the change was made. */
export type Answer<Body> =
  | { ok: true; body: Body }
  | { ok: false; status: number; code: string; detail: string; problem: unknown }
  | { ok: false; status: 0; code: 'unreachable'; detail: ''; problem: null };

export interface Request {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  ifMatch?: string;
}

/** The shop's HTTP interface, as the operator who is signed in. */
export interface Api {
  ask<Body>(path: string, request?: Request): Promise<Answer<Body>>;
  /** A file, which may be long; null if it cannot be fetched. */
  download(path: string): Promise<Blob | null>;
}

export function createApi(token: () => string | null, onUnauthenticated: () => void): Api {
  const send = async (path: string, { method = 'GET', body, ifMatch }: Request, msMax: number | null) => {
    const headers = new Headers();
    const bearer = token();
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (ifMatch !== undefined) headers.set('if-match', ifMatch);
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: msMax === null ? null : AbortSignal.timeout(msMax),
    });
    // The operator has signed out meanwhile: the answer is dropped.
    if (response.status === 401 && bearer !== null && bearer === token()) onUnauthenticated();
    return response;
  };
  return {
    async ask<Body>(path: string, request: Request = {}): Promise<Answer<Body>> {
      try {
        const response = await send(path, request, answerMsMax);
        if (response.ok) return { ok: true, body: (await response.json()) as Body };
        const problem: { code?: string; detail?: string } = await response.json().catch(() => ({}));
        const { code = 'other', detail = '' } = problem;
        return { ok: false, status: response.status, code, detail, problem };
      } catch {
        return { ok: false, status: 0, code: 'unreachable', detail: '', problem: null };
      }
    },
    async download(path) {
      try {
        const response = await send(path, {}, null);
        return response.ok ? await response.blob() : null;
      } catch {
        return null;
      }
    },
  };
}
