import type { BuyRequest } from '@flipzon/protocol/schemas.ts';
import { passFor } from './challenge.ts';

export interface Passes {
  /** Solves a challenge if one is required, well before the opening, so that no time is lost then. False: there is no pass. */
  renew(): Promise<boolean>;
  with(request: BuyRequest): BuyRequest;
}

/** The customer's passes for the shop's challenges. */
export function createPasses(customer: () => { id: string; token: string } | null): Passes {
  let solved: { customerId: string; pass: string } | null = null;
  let solving: { customerId: string; done: Promise<boolean> } | null = null;

  async function solve(who: { id: string; token: string }): Promise<boolean> {
    const pass = await passFor(who.token);
    solved = pass === null ? null : { customerId: who.id, pass };
    return solved !== null;
  }

  return {
    renew() {
      const who = customer();
      if (who === null) return Promise.resolve(false);
      if (solving?.customerId === who.id) return solving.done;
      const done = solve(who).finally(() => {
        solving = null;
      });
      solving = { customerId: who.id, done };
      return done;
    },
    with(request) {
      return solved !== null && solved.customerId === customer()?.id
        ? { ...request, pass: solved.pass }
        : request;
    },
  };
}
