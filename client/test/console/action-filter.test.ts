import { expect, test } from 'vitest';
import { filterOf, noFilter } from '../../src/console/control/action-filter.ts';

test('a filter without conditions asks for everything', () => {
  expect(filterOf(noFilter)).toEqual({});
});

test('what is typed is asked for without blanks around it', () => {
  expect(filterOf({ ...noFilter, by: ' Olga ', saleId: ' Sale-1 ', action: 'pause' })).toEqual({
    by: 'Olga',
    saleId: 'sale-1',
    action: 'pause',
  });
});

test('the time asked for includes both days, from midnight to midnight on the device', () => {
  expect(filterOf({ ...noFilter, from: '2026-12-31', to: '2026-12-31' })).toEqual({
    from: new Date(2026, 11, 31).toISOString(),
    until: new Date(2027, 0, 1).toISOString(),
  });
  expect(filterOf({ ...noFilter, from: '2026-12-31', to: '2026-12-30' })).toBeNull();
});
