import { createServer } from 'node:net';
import { FatalError } from '../fatal.ts';

/** Fails in one line when the port cannot be listened on, before anything else is started. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  if (code === 'EADDRINUSE') {
    throw new FatalError(
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES') {
    throw new FatalError(
      `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`,
    );
  }
  throw new FatalError(`HOST ${host} port ${port} cannot be listened on (${code}). Check HOST and PORT.`);
}
