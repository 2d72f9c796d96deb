import type { PrivateService } from '@flipzon/local-services/private-service.ts';
import { countFaults } from './fault-figures.ts';

/** A service that is killed as a crash would, and comes back on its files and its port. */
export interface Killable<Service extends PrivateService = PrivateService> extends AsyncDisposable {
  url: string;
  /** As it was started first; its addresses are those of every later start too. */
  service: Service;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  comeBack(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

export async function startKillable<Service extends PrivateService>(
  start: (options: { dataDir: string; port?: number }) => Promise<Service>,
  dataDir: string,
): Promise<Killable<Service>> {
  const first = await start({ dataDir });
  const { url, port } = first;
  let service: Service | null = first;
  const signal = (name: NodeJS.Signals) => service !== null && process.kill(service.pid, name);
  return {
    url,
    service: first,
    async kill() {
      const running = service;
      service = null;
      if (running !== null) await killService(running);
    },
    async comeBack() {
      service ??= await start({ dataDir, port });
    },
    freeze: () => void signal('SIGSTOP'),
    thaw: () => void signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      signal('SIGCONT');
      await service?.[Symbol.asyncDispose]();
    },
  };
}

/** SIGKILL; resolves when it is gone. */
export function killService(service: PrivateService): Promise<void> {
  countFaults({ kills: 1 });
  return new Promise((resolve) => {
    service.onExit(() => resolve());
    process.kill(service.pid, 'SIGKILL');
  });
}
