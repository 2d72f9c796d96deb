import pino, { type Logger } from 'pino';

export type { Logger };

/** JSON lines for machines, coloured lines on a terminal. Tokens are never logged. */
export function createLogger(settings: { level: string; node: string; terminal: boolean }): Logger {
  return pino({
    level: settings.level,
    base: { node: settings.node },
    serializers: { err: errorSummary },
    redact: ['req.headers.authorization', 'req.headers.user_authentication_token', 'token', '*.token'],
    ...(settings.terminal
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' },
          },
        }
      : {}),
  });
}

const charactersMax = 2_000;

/** An error without its data: an error of a bulk write contains every document of its batch, several times. */
function errorSummary(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error).slice(0, charactersMax) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type: name,
    message: message.slice(0, charactersMax),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: stack.slice(0, charactersMax) }),
    ...(cause === undefined ? {} : { cause: errorSummary(cause) }),
  };
}
