import {
  faultOfMovedWindow,
  faultOfNewWindow,
  isAllowed,
  phaseOf,
  type SalePhase,
  type SaleStep,
} from '@flipzon/protocol/sale-phases.ts';
import { expect, it } from 'vitest';
import { refusedStep } from '../../src/operator/steps.ts';
import type { SaleTerms } from '../../src/sale/sale.ts';

const everyStep = ['pause', 'resume', 'end', 'restock', 'opening', 'ending'] as const;

it.each<[SalePhase, readonly SaleStep[]]>([
  ['scheduled', everyStep],
  ['blocked', everyStep],
  ['live', everyStep],
  ['paused', everyStep],
  ['sold_out', everyStep],
  ['called_off', ['opening', 'ending']],
  ['ended', []],
])('a sale that is %s allows %j, and nothing else', (phase, allowed) => {
  expect(everyStep.filter((step) => isAllowed(phase, step))).toEqual(allowed);
});

const terms: SaleTerms = {
  revision: 1,
  quantity: 3,
  startsAt: 100_000,
  endsAt: 200_000,
  paused: false,
  reason: null,
};

it.each([
  [99_999, terms, 'scheduled', null],
  [99_999, { ...terms, paused: true }, 'paused', null],
  [150_000, terms, 'live', null],
  [200_000, terms, 'ended', 'conflict'],
  [150_000, { ...terms, endsAt: 50_000 }, 'ended', 'conflict'],
] as const)('at %i a restock of %j (%s) is answered %s', (now, given, _status, code) => {
  expect(refusedStep(given, ['restock'], now)?.code ?? null).toBe(code);
});

it('distinguishes a sale that was called off before its opening from one that is over', () => {
  expect(phaseOf(terms, 'ended', 200_000)).toBe('ended');
  expect(phaseOf({ ...terms, endsAt: 50_000 }, 'ended', 60_000)).toBe('called_off');
  expect(phaseOf(terms, 'paused', 99_999)).toBe('blocked');
  expect(phaseOf(terms, 'paused', 100_000)).toBe('paused');
});

it.each([
  [{ startsAt: 500_000, endsAt: null }, null],
  [{ startsAt: 440_000, endsAt: 500_001 }, null],
  [{ startsAt: 439_999, endsAt: null }, 'opening_past'],
  [{ startsAt: 600_000, endsAt: 600_000 }, 'end_before_opening'],
  [{ startsAt: 450_000, endsAt: 500_000 }, 'end_past'],
] as const)('at 500,000 ms a new sale with the window %j: %s', (window, fault) => {
  expect(faultOfNewWindow(window, 500_000)).toBe(fault);
});

it.each([
  ['live', { ...terms, endsAt: null }, null],
  ['live', { ...terms, endsAt: 150_001 }, null],
  ['live', { ...terms, endsAt: 150_000 }, 'end_past'],
  ['live', { ...terms, startsAt: 150_001 }, null],
  ['paused', { ...terms, startsAt: 150_000 }, 'opened_already'],
  ['sold_out', { ...terms, startsAt: 90_000 }, 'opened_already'],
  ['scheduled', { ...terms, startsAt: 80_000 }, 'opening_past'],
  ['called_off', { ...terms, startsAt: 150_000, endsAt: null }, null],
] as const)('at 150,000 ms a sale that is %s can be moved to %j: %s', (phase, after, fault) => {
  expect(faultOfMovedWindow(terms, after, phase, 150_000)).toBe(fault);
});
