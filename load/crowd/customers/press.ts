import { localNowMs } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import type { Latencies } from '../measure/latencies.ts';
import { increment, type TallyCounts } from '../measure/tally.ts';
import type { Asked, Channel } from './channel.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface Press {
  channel: Channel;
  saleId: string;
  variant?: string | undefined;
  requestId: string;
  /** When the shopper meant to press, by the local clock; latency counts from here, retries and our own lateness included. */
  dueAtMs: number;
  deadlineAtMs: number;
  /** The server's clock minus ours. */
  offsetMs: number;
  random: Random;
  /** How often it is asked at most. */
  attemptsMax?: number;
}

export interface Watch {
  latencies: Latencies;
  tally: TallyCounts;
}

export interface Pressed {
  requestId: string;
  answer: Asked;
  attempts: number;
  answeredAtMs: number;
}

const patientAttemptsMax = 12;
const answerTimeoutMs = 10_000;

/** Asks with one and the same `requestId` until the answer is final, a bounded number of times, until the deadline at most. */
export async function press(press: Press, watch: Watch): Promise<Pressed> {
  const { channel, saleId, variant, requestId, deadlineAtMs, attemptsMax = patientAttemptsMax } = press;
  let answer: Asked = { ok: false, code: 'no_answer', message: 'no time left' };
  let attempts = 0;
  while (attempts < attemptsMax && localNowMs() < deadlineAtMs) {
    attempts++;
    answer = await channel.buy(
      { saleId, requestId, ...(variant === undefined ? {} : { variant }) },
      Math.min(answerTimeoutMs, deadlineAtMs - localNowMs()),
    );
    const delayMs = retryDelayMs(answer, attempts, localNowMs() + press.offsetMs, press.random);
    if (delayMs === null || attempts === attemptsMax) break;
    if (!answer.ok) increment(watch.tally.retries, answer.code);
    await sleep(Math.min(delayMs, deadlineAtMs - localNowMs()));
  }
  const answeredAtMs = localNowMs();
  const latencyMs = answeredAtMs - press.dueAtMs;
  watch.latencies.record(`${channel.transport}Answer`, latencyMs);
  if (answer.ok) watch.latencies.record(`${channel.transport}Claim`, latencyMs);
  return { requestId, answer, attempts, answeredAtMs };
}
