import { Listr } from 'listr2';
import { elapsed } from './elapsed.ts';

/** A part of the set-up: says in one line what it did, or throws. */
export type Step = {
  title: string;
  run: (report: (line: string) => void) => Promise<string>;
};

/** Runs steps side by side, one line each: live on a terminal, plain lines elsewhere. */
export async function runSteps(steps: Step[]): Promise<void> {
  const isTerminal = process.stdout.isTTY === true && process.stdout.columns > 0;
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_context: unknown, task: { title: string; output: string }) => {
        const startedAt = Date.now();
        const report = (line: string) => {
          task.output = line;
          if (!isTerminal) console.log(`  … ${step.title}: ${line}`);
        };
        const result = await step.run(report);
        const tookMs = Date.now() - startedAt;
        task.title = `${step.title}: ${result}${tookMs > 1_000 ? ` (${elapsed(tookMs)})` : ''}`;
        if (!isTerminal) console.log(`  ✔ ${task.title}`);
      },
    })),
    { concurrent: true, renderer: isTerminal ? 'default' : 'silent', exitOnError: true },
  );
  await list.run();
}
