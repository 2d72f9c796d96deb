const solveMsMax = 120_000;

/** Solves it in a worker, so that the page stays quick. */
export async function solveBeside(challenge: string, bits: number): Promise<string> {
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
