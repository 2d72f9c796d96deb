import { NoAnswerInTime } from './with-timeout.ts';

interface Bounds {
  /** How long an answer is reused; Infinity if it never changes. */
  keptMs: number;
  keptMax: number;
  /** Reads under way; more would only wait for each other. */
  atOnceMax: number;
}

/**
 * Public answers, read once for all concurrent and closely following requests. However many requests come, the number of reads that
 * the stores get at once is bounded: further requests must try again (`NoAnswerInTime`).
 */
export function createKeptReads<Value>({ keptMs, keptMax, atOnceMax }: Bounds) {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  let underWay = 0;

  const begin = async (key: string, read: () => Promise<Value>): Promise<Value> => {
    underWay++;
    try {
      return await read();
    } catch (error) {
      // A failure is not kept.
      kept.delete(key);
      throw error;
    } finally {
      underWay--;
    }
  };

  return (key: string, read: () => Promise<Value>): Promise<Value> => {
    const known = kept.get(key);
    if (known !== undefined && performance.now() < known.until) return known.value;
    if (underWay >= atOnceMax) return Promise.reject(new NoAnswerInTime(`${underWay} reads are under way`));
    const value = begin(key, read);
    kept.delete(key);
    kept.set(key, { value, until: performance.now() + keptMs });
    const [oldest] = kept.keys();
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
