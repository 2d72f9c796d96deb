import { type BuyRefusalCode, buyRefusalCodes } from '@flipzon/protocol/codes.ts';
import type { BuyAnswer, BuyRequest, Problem } from '@flipzon/protocol/schemas.ts';
import { postJson } from './post-json.ts';

/** Longer than over a socket: the connection may have to be made first. */
const answerTimeoutMs = 10_000;

/** A buy where there is no socket. The same request id gets the same answer, whichever way it is asked. */
export async function buyByRequest(token: string, request: BuyRequest): Promise<BuyAnswer | 'no_answer'> {
  const { requestId, pass, access, ...body } = request;
  try {
    const response = await postJson('/buy', body, answerTimeoutMs, {
      authorization: `Bearer ${token}`,
      'idempotency-key': requestId,
      ...(pass === undefined ? {} : { 'challenge-pass': pass }),
      ...(access === undefined ? {} : { 'access-pass': access }),
    });
    const answer = await response.json();
    return response.status === 201 ? { ok: true, ...answer } : refusalOf(response.status, answer);
  } catch {
    return 'no_answer';
  }
}

function refusalOf(status: number, problem: Problem): BuyAnswer | 'no_answer' {
  const { code, detail = '', retryAfterMs, startsAt, arrivedAt, soldOutAt, order } = problem;
  const known = buyRefusalCodes.find((each) => each === code);
  // An answer that is not the shop's, or not an answer to a buy, does not decide the press; asking again would not help either.
  const meant: BuyRefusalCode | null =
    known ?? (status < 500 && code !== undefined ? 'invalid_request' : null);
  if (meant === null) {
    return 'no_answer';
  }
  return {
    ok: false,
    code: meant,
    message: detail,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    ...(soldOutAt === undefined ? {} : { soldOutAt }),
    ...(order === undefined ? {} : { order }),
  };
}
