/** Sends a body as JSON; rejects if no answer comes in time. */
export function postJson(
  path: string,
  body: object,
  answerMsMax: number,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerMsMax),
  });
}
