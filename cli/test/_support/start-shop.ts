import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/root.ts';

export type OpenShop = AsyncDisposable & {
  pid: number;
  url: string;
  /** What it has printed, on either output. */
  said(): string;
  exitCode: Promise<number | null>;
};

/** `npm start` on any free port, as far as its last line of greeting. */
export async function startShop(env: NodeJS.ProcessEnv): Promise<OpenShop> {
  const child = spawn(process.execPath, [join(root, 'cli', 'bootstrap.mjs'), 'start'], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const greeted = Promise.withResolvers<string>();
  const onData = (chunk: Buffer) => {
    said += chunk;
    const url = /Shop +(http\S+)/.exec(said)?.[1];
    if (url !== undefined && /^Ready in/m.test(said)) greeted.resolve(url);
  };
  child.stdout.on('data', onData);
  child.stderr.on('data', onData);
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  void exitCode.then(() => greeted.reject(new Error(`The shop did not start:\n${said}`)));
  return {
    url: await greeted.promise,
    pid: child.pid as number,
    said: () => said,
    exitCode,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      await exitCode;
    },
  };
}
