import pino, { type Logger } from 'pino';

export type { Logger };

/** JSON lines where a machine reads, coloured ones on a terminal. Tokens never get into a log. */
export function createLogger(settings: { level: string; node: string; terminal: boolean }): Logger {
  return pino({
    level: settings.level,
    base: { node: settings.node },
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
