/*
 * Calls over Node's IPC channel between the benchmark and the processes it starts: `{ call, id, input }` one way,
 * `{ id, result }` or `{ id, error }` the other.
 */

// biome-ignore lint/suspicious/noExplicitAny: each task has different input and output types; callers see them by `typeof`.
export type Tasks = Record<string, (input: any) => unknown>;

export interface Call {
  call: string;
  id: number;
  input: unknown;
}

export interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

/** Answers the calls that `tasks` names; other messages are for other listeners of this process. */
export function answerCalls(tasks: Tasks): void {
  process.on('message', (message: Partial<Call>) => {
    const { call, id, input } = message;
    const task = call === undefined ? undefined : tasks[call];
    if (task === undefined || id === undefined) return;
    Promise.resolve()
      .then(() => task(input))
      .then(
        (result) => process.send?.({ id, result } satisfies Reply),
        (error: unknown) =>
          process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
      );
  });
}
