import { solve } from './solve.ts';

/** Beside the page, which goes on counting down meanwhile. */
addEventListener('message', ({ data }: MessageEvent<{ seed: string; bits: number }>) => {
  postMessage(solve(data.seed, data.bits));
});
