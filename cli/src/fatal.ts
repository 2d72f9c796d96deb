import { ServiceUnavailableError } from '@flipzon/local-services/private-service.ts';

/** Ends the command: one line that says what is wrong and what to do, and the exit code. */
export class FatalError extends Error {
  override name = 'FatalError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Whether the error is one that a person can act on, told in one line; anything else is a fault of ours. */
export function isFatal(error: unknown): error is Error & { exitCode: number } {
  if (error instanceof ServiceUnavailableError) return Object.assign(error, { exitCode: 1 }) !== undefined;
  return error instanceof FatalError;
}
