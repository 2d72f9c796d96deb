import { openToolRun, type ToolRun } from './open-tool-run.ts';
import { parseToolOptions, type ToolOptions } from './tool-options.ts';

const usage = 2;

/** A run of the tool, with its sale, as an exit code; or why it cannot begin. */
type Run = (toolRun: ToolRun, options: ToolOptions) => Promise<number | { ok: false; message: string }>;

/** A load tool as a command: reads its options, prepares the run, and sets the exit code. */
export async function toolCommand(
  tool: { name: string; description: string; notes: string },
  run: Run,
): Promise<void> {
  const parsed = parseToolOptions(tool, process.argv.slice(2));
  if (parsed.code === 'exit') {
    (parsed.exitCode === 0 ? process.stdout : process.stderr).write(parsed.text);
    process.exit(parsed.exitCode);
  }
  const opened = await openToolRun(parsed.options, tool.name, process.env);
  const result = opened.ok ? await runOn(opened.toolRun, parsed.options, run) : opened;
  if (typeof result !== 'number') process.stderr.write(`${result.message}\n`);
  process.exitCode = typeof result === 'number' ? result : usage;
}

async function runOn(opened: ToolRun, options: ToolOptions, run: Run): ReturnType<Run> {
  await using toolRun = opened;
  return await run(toolRun, options);
}
