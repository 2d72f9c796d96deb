import type { ChallengeAnswer } from '@flipzon/protocol/schemas.ts';

const askMsMax = 8_000;
const solveMsMax = 120_000;

/** Null if none is required, or if it could not be solved here. */
export async function passFor(token: string): Promise<string | null> {
  try {
    const task = await ask<ChallengeAnswer>('GET', token);
    // A captcha is shown by the shop that has chosen one; this page has none.
    if (!task?.required || task.kind !== 'proof_of_work') return null;
    const { challenge = '', bits = 0 } = task;
    const answer = await solveBeside(challenge, bits);
    const passed = await ask<{ pass: string }>('POST', token, { challenge, answer });
    return passed?.pass ?? null;
  } catch {
    return null;
  }
}

async function ask<Answer>(method: string, token: string, body?: object): Promise<Answer | null> {
  const response = await fetch('/challenge', {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(askMsMax),
  });
  return response.ok ? await response.json() : null;
}

async function solveBeside(challenge: string, bits: number): Promise<string> {
  const worker = new Worker(new URL('./solve-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('it took too long')), solveMsMax);
      worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
      worker.onerror = () => reject(new Error('the worker failed'));
      worker.postMessage({ seed: challenge.slice(challenge.lastIndexOf('.') + 1), bits });
    });
  } finally {
    worker.terminate();
  }
}
