import { fileURLToPath } from 'node:url';
import type { OperatorActionsAnswer, SaleResult } from '@flipzon/protocol/operator.ts';
import type { Rehearsal, RehearsalAnswer, RehearsalsAnswer } from '@flipzon/protocol/rehearsal-schemas.ts';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Address } from '../_support/shop.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

const program = fileURLToPath(new URL('../_support/rehearsal-program.ts', import.meta.url));
const minuteMs = 60_000;
const goesOn = { seed: 1 };
const certifies = { seed: 2 };
const fails = { seed: 3 };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2, environment: { REHEARSAL_PROGRAM: program } });
});
afterAll(() => shop[Symbol.asyncDispose]());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minuteMs).toISOString();
const start = (body: Record<string, unknown> = goesOn, node?: Address) =>
  shop.operate<RehearsalAnswer & { code: string }>('POST', '/operator/rehearsals', body, node);
const list = async (node?: Address) =>
  (await shop.operate<RehearsalsAnswer>('GET', '/operator/rehearsals', undefined, node)).body;
const stop = (id: string, node?: Address) =>
  shop.operate<RehearsalAnswer & { code: string }>(
    'POST',
    `/operator/rehearsals/${id}/stop`,
    undefined,
    node,
  );
const read = async (id: string) =>
  (await shop.operate<RehearsalAnswer>('GET', `/operator/rehearsals/${id}`)).body;
/** Another node hears of a new sale a moment later; each is to have the one that the test is about. */
async function onShow(body: Record<string, unknown>): Promise<string> {
  const { id } = await shop.startSale(body);
  for (const node of shop.nodes) {
    await eventually(async () => expect((await shop.status(node)).sale.id).toBe(id));
  }
  return id;
}
/** No node sees a sale that would keep the next test from its rehearsal. */
async function endOnAll(saleId: string): Promise<void> {
  await shop.operate('POST', `/sales/${saleId}/end`);
  for (const node of shop.nodes) {
    await eventually(async () => expect((await shop.status(node)).sale.status).toBe('ended'));
  }
}
async function ended(id: string): Promise<Rehearsal> {
  return eventually(async () => {
    const { rehearsal } = await read(id);
    expect(rehearsal.status).not.toBe('running');
    return rehearsal;
  });
}

describe('a dress rehearsal', () => {
  it('ends with its certificate, which is kept and can be downloaded', async () => {
    const { rehearsals: earlier, ...open } = await list();
    expect(open).toEqual({ available: true, obstacle: null });
    const { status, body } = await start({ ...certifies, shoppers: 40, quantity: 30 });
    expect([status, body.rehearsal]).toMatchObject([
      201,
      {
        id: `rehearsal-${earlier.length + 1}`,
        by: 'olga',
        status: 'running',
        plan: { shoppers: 40, services: 'private' },
      },
    ]);
    const { id } = body.rehearsal;
    expect((await list()).rehearsals.map((rehearsal) => rehearsal.id)).toEqual([
      id,
      ...earlier.map((rehearsal) => rehearsal.id),
    ]);
    expect(await ended(id)).toMatchObject({ status: 'held', stopped: null, steps: ['seed 2, private'] });
    const { certificate } = await read(id);
    // The program gets none of the shop's secrets and, unless it is to rehearse on them, none of its services.
    expect(certificate).toMatchObject({ holds: true, saleId: '20400101-0123456789', secretsSeen: [] });
    const file = await shop.operate<{ text: string }>('GET', `/operator/rehearsals/${id}/certificate`);
    expect(file.body.text).toBe('EVERY PROMISE HELD\n');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${id}.txt"`);
    const json = await shop.operate('GET', `/operator/rehearsals/${id}/certificate?format=json`);
    expect(json.body).toEqual(certificate);
  });

  it('runs one at a time over all nodes, and can be stopped at any of them', async () => {
    const answers = await Promise.all([0, 1, 0, 1].map((node) => start(goesOn, shop.nodes[node])));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409, 409]);
    const refused = answers.find((answer) => answer.status === 409);
    expect(refused?.body.code).toBe('rehearsal_running');
    const id = answers.find((answer) => answer.status === 201)?.body.rehearsal.id ?? '';
    for (const node of shop.nodes) {
      const { obstacle, rehearsals } = await list(node);
      expect([obstacle?.code, rehearsals[0]?.id]).toEqual(['rehearsal_running', id]);
    }
    await eventually(async () => expect((await read(id)).rehearsal.steps).toEqual(['seed 1, private']));
    const file = await shop.operate('GET', `/operator/rehearsals/${id}/certificate`);
    expect(file.status).toBe(404);
    // One of the two does not run it.
    for (const node of shop.nodes) expect((await stop(id, node)).status).toBe(200);
    expect(await ended(id)).toMatchObject({
      status: 'stopped',
      stopped: { why: 'operator' },
      endedAt: expect.any(String),
    });
    expect((await stop(id)).body.code).toBe('conflict');
    expect((await list()).obstacle).toBeNull();
    const log = await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${id}`);
    expect(log.body.actions.map(({ action, by, outcome }) => [action, by, outcome])).toEqual([
      ['stop_rehearsal', 'olga', 'done'],
      ['rehearse', 'olga', 'done'],
    ]);
  });

  it('on the shop’s services is given their addresses, and still no secret', async () => {
    const { id } = (await start({ ...certifies, services: 'shared' })).body.rehearsal;
    await ended(id);
    expect((await read(id)).certificate).toMatchObject({
      secretsSeen: ['REDIS_URL', 'REDIS_RECOVERY_URL', 'MONGODB_URI'],
    });
  });

  it('that cannot be run says why', async () => {
    const { id } = (await start({ ...fails, services: 'shared' })).body.rehearsal;
    expect(await ended(id)).toMatchObject({
      status: 'stopped',
      stopped: { why: 'fault', detail: 'no Redis could be had' },
      steps: ['seed 3, shared'],
    });
  });

  it('is refused while a sale is on or near, and when one may take the page soon', async () => {
    const near = { status: 409, body: { code: 'sale_too_near' } };
    const id = await onShow({ quantity: 3 });
    expect(await start()).toMatchObject(near);
    expect((await list()).obstacle?.code).toBe('sale_too_near');
    await shop.operate('POST', `/sales/${id}/pause`);
    expect(await start()).toMatchObject(near);
    await onShow({ startsAt: inMinutes(29) });
    expect(await start()).toMatchObject(near);
    const far = await onShow({ startsAt: inMinutes(31) });
    expect((await list()).obstacle).toBeNull();
    const plan = await shop.operate<{ sale: SaleResult }>('POST', '/sales', { startsAt: inMinutes(5) });
    expect(await start()).toMatchObject(near);
    await shop.operate('DELETE', `/sales/${plan.body.sale.id}`);
    const before = (await shop.audit(far)).checks;
    const { status, body } = await start(certifies);
    expect(status).toBe(201);
    await ended(body.rehearsal.id);
    expect((await shop.audit(far)).checks).toEqual(before);
    await endOnAll(far);
  });

  it('stops when an operator opens a sale', async () => {
    const saleId = await onShow({ startsAt: inMinutes(90) });
    const { id } = (await start(goesOn, shop.nodes[1])).body.rehearsal;
    await shop.operate('PATCH', `/sales/${saleId}`, { startsAt: 'now' });
    expect(await ended(id)).toMatchObject({ status: 'stopped', stopped: { why: 'sale' } });
    await endOnAll(saleId);
  });

  it('does not outlive its node, and one whose node is gone does not block the next', async () => {
    const node = await shop.addNode();
    const { id } = (await start(goesOn, node)).body.rehearsal;
    await node[Symbol.asyncDispose]();
    expect(await ended(id)).toMatchObject({ status: 'stopped', stopped: { why: 'node' } });

    const second = (await start(certifies)).body.rehearsal;
    await ended(second.id);
    const connection = await mongoose.createConnection(shop.mongodbUri).asPromise();
    const minuteAgo = new Date(Date.now() - minuteMs);
    await connection
      .collection<{ _id: number }>('rehearsals')
      .updateOne(
        { _id: Number(second.id.split('-')[1]) },
        { $set: { status: 'running', endedAt: null, beatAt: minuteAgo } },
      );
    await connection.close();
    expect((await read(second.id)).rehearsal).toMatchObject({
      status: 'stopped',
      stopped: { why: 'node' },
      endedAt: minuteAgo.toISOString(),
    });
    const third = await start(certifies);
    expect(third.status).toBe(201);
    await ended(third.body.rehearsal.id);
  });

  it('is not available if no program is configured', async () => {
    await using node = await shop.addNode({ REHEARSAL_PROGRAM: '' });
    expect((await list(node)).available).toBe(false);
    expect(await start(goesOn, node)).toMatchObject({ status: 404, body: { code: 'no_rehearsals' } });
  });

  it.each([
    ['too many shoppers', { shoppers: 5_001 }],
    ['no shoppers', { shoppers: 0 }],
    ['a program of one’s own', { program: '/bin/sh' }],
    ['other services', { services: 'theirs' }],
  ])('is refused with %s', async (_what, body) => {
    expect((await start(body)).status).toBe(400);
  });

  it.each([
    ['GET', '/operator/rehearsals'],
    ['POST', '/operator/rehearsals'],
    ['GET', '/operator/rehearsals/rehearsal-1'],
    ['GET', '/operator/rehearsals/rehearsal-1/certificate'],
    ['POST', '/operator/rehearsals/rehearsal-1/stop'],
  ])('is for operators only: %s %s', async (method, path) => {
    expect((await shop.request(method, path)).status).toBe(401);
    expect((await shop.request(method, path, { token: await shop.token('ann') })).status).toBe(403);
  });

  it.each(['rehearsal-0', 'rehearsal-999', 'other'])('%s there is none', async (id) => {
    expect((await shop.operate('GET', `/operator/rehearsals/${id}`)).status).toBe(404);
    expect((await stop(id)).status).toBe(404);
  });
});
