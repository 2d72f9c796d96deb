const answerMsMax = 15_000;
/** The shop takes a file within ten seconds, and draws one after another. */
const uploadMsMax = 60_000;

/** `unreachable`: no answer came, so it is unknown whether the change was made. */
export type Answer<Body> =
  | { ok: true; body: Body }
  | { ok: false; status: number; code: string; detail: string; problem: unknown }
  | { ok: false; status: 0; code: 'unreachable'; detail: ''; problem: null };

export interface Request {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  ifMatch?: string;
}

/** The shop's HTTP interface, as the operator who is signed in. */
export interface Api {
  ask<Body>(path: string, request?: Request): Promise<Answer<Body>>;
  /** Uploads an image or a list of access codes. */
  upload<Body>(path: string, file: File): Promise<Answer<Body>>;
  /** A file, which may be long; null if it cannot be fetched. */
  download(path: string): Promise<Blob | null>;
}

/** `renew`: false where there is no other token to try it with. */
export function createApi(token: () => string | null, renew: () => Promise<boolean>): Api {
  const sendOnce = async (
    path: string,
    { method = 'GET', body, ifMatch }: Request | { method: 'POST'; body: File; ifMatch?: never },
    msMax: number | null,
  ) => {
    const headers = new Headers();
    const bearer = token();
    if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`);
    if (body !== undefined)
      headers.set('content-type', body instanceof File ? body.type : 'application/json');
    if (ifMatch !== undefined) headers.set('if-match', ifMatch);
    return fetch(path, {
      method,
      headers,
      body: body === undefined ? null : body instanceof File ? body : JSON.stringify(body),
      signal: msMax === null ? null : AbortSignal.timeout(msMax),
    });
  };
  const send: typeof sendOnce = async (...request) => {
    const bearer = token();
    const response = await sendOnce(...request);
    // If the operator has signed out meanwhile, the answer is dropped.
    if (response.status === 401 && bearer !== null && bearer === token() && (await renew()))
      return sendOnce(...request);
    return response;
  };
  const answered = async <Body>(sending: Promise<Response>): Promise<Answer<Body>> => {
    try {
      const response = await sending;
      if (response.ok) return { ok: true, body: (await response.json()) as Body };
      const problem: { code?: string; detail?: string } = await response.json().catch(() => ({}));
      const { code = 'other', detail = '' } = problem;
      return { ok: false, status: response.status, code, detail, problem };
    } catch {
      return { ok: false, status: 0, code: 'unreachable', detail: '', problem: null };
    }
  };
  return {
    ask: (path, request = {}) => answered(send(path, request, answerMsMax)),
    upload: (path, file) => answered(send(path, { method: 'POST', body: file }, uploadMsMax)),
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
