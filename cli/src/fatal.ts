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

/** Whether a person can act on the error, which is then shown in one line; any other error is a fault in the program. */
export function isFatal(error: unknown): error is Error & { exitCode: number } {
  if (error instanceof ServiceUnavailableError) return Object.assign(error, { exitCode: 1 }) !== undefined;
  return error instanceof FatalError;
}
