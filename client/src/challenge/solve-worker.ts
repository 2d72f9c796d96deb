import { solve } from './solve.ts';

/** Runs in a worker, so that the page keeps counting down. */
addEventListener('message', ({ data }: MessageEvent<{ seed: string; bits: number }>) => {
  postMessage(solve(data.seed, data.bits));
});
