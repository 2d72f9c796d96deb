import { execFile } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildImage, type Image } from '../_support/image.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { photo, uploadImage } from '../_support/upload-image.ts';

const run = promisify(execFile);

describe('the image of the Dockerfile', () => {
  const undo = new AsyncDisposableStack();
  let image: Image;
  let shop: Shop;
  let node: NodeProcess;
  beforeAll(async () => {
    image = undo.use(await buildImage());
    shop = undo.use(await openShop(inject('mongodbUri'), { nodes: 0 }));
    const [program, main = ''] = image.last.cmd;
    expect(program).toBe('node');
    node = undo.use(
      await startNodeProcess(
        { ...image.last.env, ...shop.environment, HOST: '127.0.0.1' },
        { program: image.path(main) },
      ),
    );
    // Packages are linked from the store twice.
  }, 300_000);
  afterAll(() => undo.disposeAsync());

  it('is a node with all that it needs, which sells and shows the page', async () => {
    const before = filesOf(image);
    await shop.startSale({}, node);
    const token = await shop.token('asha');
    expect(await shop.request('POST', '/buy', { token, node })).toMatchObject({
      status: 201,
      body: { order: { unit: 1 } },
    });
    const drawn = await uploadImage(shop, await photo(1), { node });
    expect(drawn.status).toBe(201);
    const page = await (await fetch(`${node.url}/`)).text();
    const [, script = ''] = /<script type="module"[^>]+src="([^"]+)"/.exec(page) ?? [];
    const answer = await fetch(`${node.url}${script}`);
    expect(answer.headers.get('content-type')).toContain('javascript');
    expect(answer.status).toBe(200);
    // Its file system is for reading.
    expect(filesOf(image)).toEqual(before);
  });

  it('says by its own health check whether it takes requests', async () => {
    const [program = '', ...args] = image.last.healthcheck;
    const port = new URL(node.url).port;
    const ask = (at: string) =>
      run(
        program,
        args.map((each) => each.replace(':3000/', `:${at}/`)),
      );
    await ask(port);
    await expect(ask('1')).rejects.toMatchObject({ code: 1 });
  });

  it('has no tool of the build in it, no local services, no test, and no rights', () => {
    expect(image.last.user).toBe('node');
    for (const tool of ['vitest', 'vite', 'typescript', '@playwright'])
      expect(existsSync(image.path(`server/node_modules/${tool}`)), tool).toBe(false);
    expect(globSync('node_modules/.pnpm/mongodb-memory-server-core@*', { cwd: image.path('.') })).toEqual([]);
    expect(existsSync(image.path('local-services'))).toBe(false);
    expect(globSync('*/test', { cwd: image.path('.') })).toEqual([]);
  });
});

/** Each with the time of its last change. */
function filesOf(image: Image): Record<string, number> {
  const cwd = image.path('.');
  const files = globSync('{server,protocol,client}/{src,dist}/**', { cwd });
  return Object.fromEntries(files.map((file) => [file, statSync(`${cwd}/${file}`).mtimeMs]));
}
