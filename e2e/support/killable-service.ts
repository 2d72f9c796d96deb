import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrivateService } from '@flipzon/local-services/private-service.ts';

type Start<Service> = (options: { dataDir: string; port?: number }) => Promise<Service>;

/** A Redis or a database that crashes when a test says so, and comes back on its files and its port. */
export class KillableService<Service extends PrivateService = PrivateService> implements AsyncDisposable {
  /** As it was first: its addresses are those of its later lives too. */
  readonly first: Service;
  readonly #start: Start<Service>;
  readonly #dataDir: string;
  #service: Service | null;

  private constructor(start: Start<Service>, dataDir: string, first: Service) {
    this.#start = start;
    this.#dataDir = dataDir;
    this.first = first;
    this.#service = first;
  }

  static async start<Service extends PrivateService>(
    start: Start<Service>,
    dataDir: string,
  ): Promise<KillableService<Service>> {
    return new KillableService(start, dataDir, await start({ dataDir }));
  }

  async kill(): Promise<void> {
    const service = this.#service;
    if (service === null) {
      return;
    }
    this.#service = null;
    await new Promise<void>((resolve) => {
      service.onExit(() => resolve());
      process.kill(service.pid, 'SIGKILL');
    });
  }

  /** It comes back on an empty disk: what it had written to `files` is gone. */
  async forget(files: string): Promise<void> {
    await this.kill();
    await rm(join(this.#dataDir, files), { recursive: true });
    await this.comeBack();
  }

  async comeBack(): Promise<void> {
    this.#service ??= await this.#start({ dataDir: this.#dataDir, port: this.first.port });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
  }
}
