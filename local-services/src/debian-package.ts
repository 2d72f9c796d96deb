import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from './cache-dir.ts';
import { findOnPath } from './find-on-path.ts';
import type { Report } from './private-service.ts';
import { runCommand } from './run-command.ts';

const APT_MS_MAX = 300_000;
const POLICY_FILE = '/usr/sbin/policy-rc.d';
const APT_ENV = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

type Extracted = { path: string; env: NodeJS.ProcessEnv };
type Installed = { ok: true; path: string; env?: NodeJS.ProcessEnv } | { ok: false; reason: string };

/** A program of a Debian or Ubuntu package: installed as root, else unpacked into the cache, which needs no rights. */
export class DebianPackage {
  readonly #name: string;
  readonly #also: readonly string[];

  /** `name`: of the package and of its program. `also`: packages to be unpacked with it. */
  constructor(name: string, also: readonly string[] = []) {
    this.#name = name;
    this.#also = also;
  }

  async install(report: Report): Promise<Installed> {
    if (process.getuid?.() === 0) {
      report(`apt-get install ${this.#name}`);
      await this.#installAsRoot();
      const path = findOnPath(this.#name);
      if (path !== undefined) return { ok: true, path };
    }
    report(`unpacking Debian's ${this.#name} into the cache`);
    const reason = await this.#unpack();
    const unpacked = this.extracted();
    return unpacked ? { ok: true, ...unpacked } : { ok: false, reason };
  }

  extracted(): Extracted | undefined {
    const root = this.#root();
    const path = ['bin', 'sbin'].map((folder) => join(root, 'usr', folder, this.#name)).find(existsSync);
    if (path === undefined) return undefined;
    const libraries = join(root, 'usr', 'lib');
    const folders = existsSync(libraries)
      ? readdirSync(libraries)
          .filter((name) => name.includes('linux-gnu'))
          .map((name) => join(libraries, name))
      : [];
    return { path, env: folders.length > 0 ? { LD_LIBRARY_PATH: folders.join(':') } : {} };
  }

  async #installAsRoot(): Promise<void> {
    const apt = (...args: string[]) => runCommand('apt-get', args, { timeoutMs: APT_MS_MAX, env: APT_ENV });
    // The package would start a service, now and at every boot; only the program is needed.
    const ownPolicy = !existsSync(POLICY_FILE);
    if (ownPolicy) await writeFile(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    try {
      const args = ['install', '-y', '--no-install-recommends', this.#name];
      let installed = await apt(...args);
      if (!installed.ok && (await apt('update')).ok) installed = await apt(...args);
      if (installed.ok && existsSync('/run/systemd/system')) {
        await runCommand('systemctl', ['disable', this.#name], { timeoutMs: 10_000 });
      }
    } finally {
      if (ownPolicy) await rm(POLICY_FILE, { force: true });
    }
  }

  /** Downloads and unpacks what is missing for the program; what went wrong, in a few words. */
  async #unpack(): Promise<string> {
    const lists = join(cacheDir(), 'apt');
    await mkdir(join(lists, 'lists', 'partial'), { recursive: true });
    await mkdir(join(lists, 'debs'), { recursive: true });
    const ownLists = ['-o', `Dir::State::lists=${lists}/lists`, '-o', `Dir::Cache=${lists}`];
    const debs = join(lists, 'debs');
    const apt = (...args: string[]) =>
      runCommand('apt-get', args, { timeoutMs: APT_MS_MAX, cwd: debs, env: APT_ENV });
    let failure = '';
    // The machine's package lists first; where they are old or were removed, lists of our own.
    for (const options of [[], ownLists]) {
      if (options.length > 0) await apt(...options, 'update');
      const plan = await apt(...options, 'install', '-s', '--no-install-recommends', this.#name);
      const packages = [...plan.output.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name as string);
      const got = await apt(...options, 'download', ...new Set([...packages, this.#name, ...this.#also]));
      if (plan.ok && got.ok) {
        for (const deb of readdirSync(debs))
          await runCommand('dpkg-deb', ['-x', join(debs, deb), this.#root()], { timeoutMs: 60_000 });
        await rm(debs, { recursive: true, force: true });
        return `the unpacked package has no ${this.#name}`;
      }
      failure = got.output.split('\n').findLast((line) => line.startsWith('E:')) ?? got.output.slice(-200);
    }
    return `Debian's package could not be downloaded (${failure})`;
  }

  #root(): string {
    return join(cacheDir(), `debian-${this.#name}`);
  }
}
