import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, matchesGlob, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inRepository, readRepository } from './repository.ts';

const run = promisify(execFile);
const runMsMax = 300_000;
const { PATH, HOME, PNPM_HOME } = process.env;

/** The result of one stage of a Dockerfile: the files that it made, and its settings. */
export interface Stage {
  folder: string;
  workdir: string;
  env: Record<string, string>;
  user: string;
  healthcheck: string[];
  cmd: string[];
}

export interface Image extends AsyncDisposable {
  last: Stage;
  /** Where a path of the image is here. */
  path(inImage: string): string;
}

/**
 * Does what the Dockerfile says, each stage in a folder in place of a file system: what is copied from where, which commands run
 * on it, and so what is missing in the end. The base images are this machine, with its Node and its pnpm.
 */
export async function buildImage(): Promise<Image> {
  await using undo = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), 'flipzon-image-'));
  undo.defer(() => rm(root, { recursive: true, force: true }));
  const stages = new Map<string, Stage>();
  let stage: Stage | null = null;
  for (const [word, rest] of instructions(readRepository('Dockerfile'))) {
    if (word === 'FROM') {
      const [, base = '', name = String(stages.size)] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      stage = await begin(join(root, name), stages.get(base));
      stages.set(name, stage);
      continue;
    }
    if (word === 'ARG') continue;
    if (stage === null) throw new Error(`${word} before FROM`);
    await obey(stage, stages, word, rest);
  }
  if (stage === null) throw new Error('the Dockerfile has no stage');
  const last = stage;
  const owned = undo.move();
  return {
    last,
    path: (inImage) => join(last.folder, resolve(last.workdir, inImage)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Without comments, a line each. */
function instructions(text: string): [word: string, rest: string][] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]);
}

async function begin(folder: string, base: Stage | undefined): Promise<Stage> {
  await mkdir(folder);
  if (base === undefined) return { folder, workdir: '/', env: {}, user: 'root', healthcheck: [], cmd: [] };
  await cp(base.folder, folder, { recursive: true, verbatimSymlinks: true });
  return { ...base, folder, env: { ...base.env } };
}

async function obey(stage: Stage, stages: Map<string, Stage>, word: string, rest: string): Promise<void> {
  switch (word) {
    case 'WORKDIR':
      stage.workdir = resolve(stage.workdir, rest);
      await mkdir(join(stage.folder, stage.workdir), { recursive: true });
      return;
    case 'ENV':
      for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value;
      return;
    case 'COPY':
      return copy(stage, stages, rest.split(' '));
    case 'RUN':
      // This machine's is of the same version.
      if (rest.startsWith('npm ci --ignore-scripts')) return;
      await run('sh', ['-c', rest], {
        cwd: join(stage.folder, stage.workdir),
        // Where programs are is this machine's affair.
        env: { ...stage.env, PATH, HOME, PNPM_HOME },
        timeout: runMsMax,
      });
      return;
    case 'USER':
      stage.user = rest;
      return;
    case 'HEALTHCHECK':
      stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4)) as string[];
      return;
    case 'CMD':
      stage.cmd = JSON.parse(rest) as string[];
      return;
    case 'EXPOSE':
      return;
    default:
      throw new Error(`${word}: not known here`);
  }
}

async function copy(stage: Stage, stages: Map<string, Stage>, words: string[]): Promise<void> {
  const [, fromName] = /^--from=(\S+)$/.exec(words[0] ?? '') ?? [];
  const from = fromName === undefined ? null : stages.get(fromName);
  if (from === undefined) throw new Error(`there is no stage ${fromName}`);
  const sources = words.slice(from === null ? 0 : 1, -1);
  const destination = words.at(-1) ?? '';
  for (const source of sources) {
    const at = from === null ? inRepository(source) : join(from.folder, resolve(from.workdir, source));
    const isFolder = (await lstat(at)).isDirectory();
    const to = join(stage.folder, resolve(stage.workdir, destination));
    await cp(at, isFolder || !destination.endsWith('/') ? to : join(to, basename(at)), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => from !== null || !isIgnored(relative(inRepository('.'), path)),
    });
  }
}

const ignored = readRepository('.dockerignore')
  .split('\n')
  .filter((line) => /^[^#!]/.test(line));

function isIgnored(path: string): boolean {
  return ignored.some((pattern) => matchesGlob(path, pattern));
}
