import type { LogInOutcome } from './log-in.ts';

/** What a visitor can do on the page. */
export interface Actions {
  buy(): void;
  askSignIn(): void;
  closeSignIn(): void;
  signIn(customerId: string): Promise<LogInOutcome>;
  signOut(): void;
}
