import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import { describe, expect, test } from 'vitest';
import type { Answer, Api, Request } from '../../src/console/api.ts';
import { type Change, perform, requestOf } from '../../src/console/control/change.ts';
import { isFinal, possibleChanges, salePhase } from '../../src/console/control/possible.ts';
import { changeOf, isTyped, type StepDraft, wordToType } from '../../src/console/control/step-draft.ts';
import { loadConsoleTexts } from '../../src/console/text/console-texts.ts';
import { languageTags } from '../../src/text/languages.ts';
import { saleOf, withVariants } from '../_support/fixtures.ts';

const expected = { id: 'sale-1', version: 7 };

describe('a step on the wire', () => {
  test.each<[Change, string, unknown]>([
    [{ kind: 'open' }, 'PATCH /sales/sale-1', { startsAt: 'now' }],
    [{ kind: 'pause', reason: ' Boxes ' }, 'POST /sales/sale-1/pause', { reason: 'Boxes' }],
    [{ kind: 'end', reason: '' }, 'POST /sales/sale-1/end', {}],
    [{ kind: 'resume' }, 'POST /sales/sale-1/resume', undefined],
    [{ kind: 'restock', quantity: 3 }, 'POST /sales/sale-1/restock', { quantity: 3 }],
    [{ kind: 'move', endsAt: null }, 'PATCH /sales/sale-1', { endsAt: null }],
    [{ kind: 'presale', presale: null }, 'PATCH /sales/sale-1', { presale: null }],
  ])('%j is %s', (change, line, body) => {
    const request = requestOf(change, expected);
    expect(`${request.method} ${request.path}`).toBe(line);
    expect(request.body).toEqual(body);
    expect(request.ifMatch).toBe('"sale-1:7"');
  });

  test('cancelling overwrites nothing of the sale, so it needs no version', () => {
    const request = requestOf({ kind: 'cancel', orderId: 'sale-1:asha/b:1', reason: 'asked to' }, expected);
    expect(request).toEqual({
      method: 'DELETE',
      path: '/orders/sale-1%3Aasha%2Fb%3A1',
      body: { reason: 'asked to' },
    });
  });
});

describe('a plan on the wire', () => {
  const plan = {
    name: 'Bear',
    price: { minor: 8_990, currency: 'EUR' },
    quantity: 2,
    perCustomer: 1,
    endsAt: null,
    simulated: false,
  };
  test('planning and dropping touch nothing that is on the page, and so go by no version', () => {
    const wanted = { ...plan, startsAt: '2040-01-01T00:00:00.000Z' };
    expect(requestOf({ kind: 'plan', plan: wanted }, expected)).toEqual({
      method: 'POST',
      path: '/sales',
      body: { ...wanted, price: 89.9, currency: 'EUR' },
    });
    const draft = requestOf({ kind: 'draft', plan: wanted, saleId: 'plan/1' }, expected);
    expect([draft.method, draft.path, draft.body]).toMatchObject(['PUT', '/sales/plan%2F1', { draft: true }]);
    expect(requestOf({ kind: 'drop', saleId: 'plan/1' }, expected)).toEqual({
      method: 'DELETE',
      path: '/sales/plan%2F1',
    });
  });

  test('publishing uses the version of the sale that is replaced', () => {
    expect(requestOf({ kind: 'activate', saleId: 'plan-1' }, expected)).toEqual({
      method: 'POST',
      path: '/sales/plan-1/activate',
      ifMatch: '"sale-1:7"',
    });
    expect(requestOf({ kind: 'activate', saleId: 'plan-1' }, null).ifMatch).toBeUndefined();
  });
});

describe('the outcome of a step', () => {
  const answering = (answer: Answer<unknown>): Api & { asked: Request[] } => {
    const asked: Request[] = [];
    return {
      asked,
      ask: async <Body>(_path: string, request: Request = {}) => {
        asked.push(request);
        return answer as Answer<Body>;
      },
      upload: async <Body>() => answer as Answer<Body>,
      download: async () => null,
    };
  };

  test('a conflict brings the current sale and what was done', async () => {
    const changed = [{ id: 'sale-1:8', by: 'pia' }] as OperatorAction[];
    const problem = { code: 'conflict', sale: saleOf({ version: 8 }), changed };
    const api = answering({ ok: false, status: 409, code: 'conflict', detail: '', problem });
    expect(await perform(api, { kind: 'resume' }, expected)).toEqual({
      ok: false,
      kind: 'conflict',
      sale: saleOf({ version: 8 }),
      changed,
    });
  });

  test('a conflict without details is a refusal', async () => {
    const answer = {
      ok: false,
      status: 409,
      code: 'conflict',
      detail: 'busy',
      problem: { code: 'conflict' },
    } as const;
    expect(await perform(answering(answer), { kind: 'resume' }, expected)).toMatchObject({
      kind: 'refused',
      detail: 'busy',
    });
  });

  test('no answer is neither done nor refused for good', async () => {
    const answer = { ok: false, status: 0, code: 'unreachable', detail: '', problem: null } as const;
    expect(await perform(answering(answer), { kind: 'open' }, expected)).toMatchObject({
      code: 'unreachable',
    });
  });
});

test('the offered steps depend on the sale', () => {
  const scheduled = saleOf({ startsAt: '2026-10-25T12:00:00.000Z', endsAt: null });
  const phase = salePhase(scheduled, 'countdown', Date.parse(scheduled.startsAt) - 1);
  expect(possibleChanges(phase)).toContain('open');
  expect(possibleChanges('live')).not.toContain('open');
  expect(possibleChanges('live')).toContain('pause');
  expect(possibleChanges('paused')).toContain('resume');
  expect(possibleChanges('paused')).not.toContain('pause');
  expect(possibleChanges('ended')).toEqual(['cancel']);
  for (const each of ['scheduled', 'live', 'paused'] as const)
    expect(possibleChanges(each)).toContain('presale');
  const calledOff = { ...scheduled, endsAt: '2026-10-25T11:00:00.000Z' };
  expect(possibleChanges(salePhase(calledOff, 'ended', 0))).toEqual(['move', 'edit', 'cancel']);
  expect((['open', 'pause', 'resume', 'move', 'restock'] as const).some(isFinal)).toBe(false);
  expect((['end', 'cancel', 'start'] as const).every(isFinal)).toBe(true);
});

describe('the fields of a step', () => {
  const draft: StepDraft = {
    reason: 'Boxes',
    units: '',
    variant: '',
    orderId: '',
    schedule: { zone: 'UTC', opens: '', opensSecond: false, hasEnd: false, ends: '' },
    presale: { kind: 'none', minutes: '' },
    name: 'Bottle',
    product: { description: ' Of glass ', images: [] },
  };
  const change = (kind: Parameters<typeof changeOf>[0], part: Partial<StepDraft>) =>
    changeOf(kind, { ...draft, ...part }, saleOf(), 0);

  test('make a step only when they are right', () => {
    expect(change('pause', {})).toEqual({ kind: 'pause', reason: 'Boxes' });
    expect(change('restock', { units: ' 12 ' })).toEqual({ kind: 'restock', quantity: 12 });
    expect(change('restock', { units: '1,000' })).toEqual({ kind: 'restock', quantity: 1000 });
    for (const units of ['', '0', '-3', '1.5', '1e3', '10000001', 'ten']) {
      expect(change('restock', { units }), units).toBeNull();
    }
    expect(change('edit', {})).toEqual({ kind: 'edit', name: 'Bottle', description: 'Of glass', images: [] });
    expect(change('edit', { name: ' ' })).toBeNull();
    const image = { id: 'a'.repeat(32), width: 4, height: 3, widths: [4], alt: ' ' };
    expect(change('edit', { product: { description: '', images: [image] } })).toBeNull();
    expect(change('cancel', { orderId: ' ' })).toBeNull();
    expect(change('cancel', { orderId: ' sale-1:asha:1 ' })).toMatchObject({ orderId: 'sale-1:asha:1' });
  });

  test('set up, change and end the presale of the sale on the page', () => {
    const presale = (kind: StepDraft['presale']['kind'], minutes = '') =>
      change('presale', { presale: { kind, minutes } });
    const opens = Date.parse(saleOf().startsAt);
    expect(presale('none')).toEqual({ kind: 'presale', presale: null });
    expect(presale('end')).toEqual({ kind: 'presale', presale: { codesUntil: null } });
    expect(presale('minutes', ' 90 ')).toEqual({
      kind: 'presale',
      presale: { codesUntil: new Date(opens + 90 * 60_000).toISOString() },
    });
    for (const minutes of ['', '0', '1.5', '525601']) expect(presale('minutes', minutes), minutes).toBeNull();
  });

  test('of a restock name the variant, where the sale has any', () => {
    const varied = withVariants(saleOf());
    const restock = (part: Partial<StepDraft>) =>
      changeOf('restock', { ...draft, units: '5', ...part }, varied, 0);
    expect(restock({})).toBeNull();
    const step = restock({ variant: 'hall' });
    expect(step).toEqual({ kind: 'restock', quantity: 5, variant: 'hall' });
    if (step === null) throw new Error('no step');
    expect(requestOf(step, expected).body).toEqual({ quantity: 5, variant: 'hall' });
  });

  test('name the word to type before a final step', () => {
    const words = { end: 'end', cancel: 'cancel' };
    expect(wordToType('end', words)).toBe('end');
    expect(wordToType('start', words)).toBe('end');
    expect(wordToType('cancel', words)).toBe('cancel');
    expect(wordToType('pause', words)).toBeNull();
  });

  test.each(languageTags)(
    'are confirmed by a short word of the language %s, however it is typed',
    async (tag) => {
      const { final } = await loadConsoleTexts(tag);
      for (const word of Object.values(final)) {
        expect(word).toMatch(/^[\p{L}\p{M}]{2,12}$/u);
        expect(isTyped(` ${word.normalize('NFD').toLocaleUpperCase()} `, word)).toBe(true);
        expect(isTyped(word.slice(1), word)).toBe(false);
      }
      expect(isTyped('', final.end)).toBe(false);
      expect(isTyped('', null)).toBe(true);
    },
  );
});
