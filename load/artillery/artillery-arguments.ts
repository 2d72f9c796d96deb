import type { ToolOptions } from '../tool-runner/tool-options.ts';

/** What turns one of the plans here into this run: the address of the shop, its customers, and their pace. */
export function artilleryArguments(
  plan: string,
  { url, customers, arriveS }: Pick<ToolOptions, 'url' | 'customers' | 'arriveS'>,
  tokensFile: string,
): string[] {
  const overrides = {
    config: {
      phases: [{ duration: arriveS, arrivalCount: customers }],
      // A list, as Artillery has made of the plan's own by the time that this overrides it.
      payload: [{ path: tokensFile, fields: ['customerId', 'token'], order: 'sequence', skipHeader: true }],
    },
  };
  return ['run', '--target', url, '--overrides', JSON.stringify(overrides), plan];
}
