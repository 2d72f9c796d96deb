import { startApp } from './app.ts';
import { configExitCode, readConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { armCrashPoint } from './shared/crash-point.ts';

/** The process stops draining after this, from the end of the notice on; another node takes over entries that are pending in Redis. */
const stopMsMax = 15_000;

const result = readConfig(process.env);
if (!result.ok) {
  for (const problem of result.problems) console.error(problem);
  process.exit(configExitCode);
}
const { config } = result;
if (config.CRASH_AT !== undefined) armCrashPoint(config.CRASH_AT, config.CRASH_SIGNAL);
const logger = createLogger({
  level: config.LOG_LEVEL,
  node: config.NODE_NAME,
  terminal: process.stdout.isTTY === true,
});

const app = await startApp(config, logger).catch((error: unknown) => {
  logger.fatal({ err: error }, 'start_failed');
  console.error(`cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
logger.info({ url: app.url }, 'ready');
// A launcher that forked this process learns the port. When the launcher ends, so does this process.
// It shows the warnings of all nodes together.
if (process.send) process.send({ type: 'ready', port: app.port, warnings: app.warnings });
else if (app.warnings.length > 0) logger.warn({ warnings: app.warnings }, 'start_warnings');

let stopping = false;
const stop = async (why: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  logger.info({ why }, 'draining');
  setTimeout(() => process.exit(1), config.DRAIN_NOTICE_MS + stopMsMax).unref();
  await app[Symbol.asyncDispose]();
  process.exit(0);
};
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
process.on('disconnect', () => void stop('launcher is gone'));
process.on('unhandledRejection', (error) => {
  logger.fatal({ err: error }, 'unhandled_rejection');
  process.exit(1);
});
