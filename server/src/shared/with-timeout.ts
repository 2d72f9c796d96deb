export class NoAnswerInTime extends Error {}

/** Rejects, with `NoAnswerInTime`, when `work` takes longer than `msMax`. The work itself goes on; its late outcome is dropped. */
export async function withTimeout<T>(msMax: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswerInTime(`no answer within ${msMax} ms`)), msMax);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
