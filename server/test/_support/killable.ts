import type { PrivateService } from '@flipzon/local-services/private-service.ts';
import { countFaults } from './fault-figures.ts';

/** A service that is killed as a crash would, and comes back on its files and its port. */
export interface Killable<Service extends PrivateService = PrivateService> extends AsyncDisposable {
  url: string;
  /** As it was started first; its addresses are those of every later start too. */
  service: Service;
  kill(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function startKillable<Service extends PrivateService>(
  start: (options: { dataDir: string; port?: number }) => Promise<Service>,
  dataDir: string,
): Promise<Killable<Service>> {
  let service = await start({ dataDir });
  const { url, port } = service;
  return {
    url,
    service,
    async kill() {
      await killService(service);
    },
    async comeBack() {
      service = await start({ dataDir, port });
    },
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
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
