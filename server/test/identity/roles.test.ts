import { describe, expect, it } from 'vitest';
import { createRoles, mayAs, usualRoles } from '../../src/identity/roles.ts';

describe('the usual claim', () => {
  const roles = createRoles(usualRoles);

  it.each([
    [{ role: 'viewer' }, 'viewer'],
    [{ role: 'operator' }, 'operator'],
    [{ role: ['viewer', 'owner', 'operator'] }, 'owner'],
    [{ role: 'customer' }, 'customer'],
    [{ role: 'admin' }, 'customer'],
    [{ role: ['admin', 7, null] }, 'customer'],
    [{ role: { operator: true } }, 'customer'],
    [{ role: 'operator owner' }, 'customer'],
    [{}, 'customer'],
    [JSON.parse('{"__proto__":{"role":"owner"}}'), 'customer'],
  ])('%j means %s', (claims, role) => {
    expect(roles.of(claims)).toBe(role);
  });
});

it('claims and their values can be others, also within others', () => {
  const values = { viewer: ['support', 'sales'], operator: ['ops'], owner: ['board'] };
  const nested = createRoles({ claim: 'realm_access.roles', values });
  expect(nested.of({ realm_access: { roles: ['sales', 'ops'] } })).toBe('operator');
  expect(nested.of({ realm_access: 'ops' })).toBe('customer');
  expect(nested.of({ role: 'owner' })).toBe('customer');
  const named = createRoles({ claim: 'https://shop.example/roles', values });
  expect(named.of({ 'https://shop.example/roles': ['board'] })).toBe('owner');
  for (const role of ['viewer', 'operator', 'owner', 'customer'] as const)
    expect(named.of(named.claimOf(role))).toBe(role);
});

it('each role may what those below it may, and only customers are customers', () => {
  const all = ['customer', 'viewer', 'operator', 'owner'] as const;
  const may = all.map((role) => all.filter((wanted) => mayAs(role, wanted)));
  expect(may).toEqual([['customer'], ['viewer'], ['viewer', 'operator'], ['viewer', 'operator', 'owner']]);
});
