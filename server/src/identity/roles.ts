import { type Role, type StaffRole, staffRoles } from '@flipzon/protocol/identity.ts';
import type { JWTPayload } from 'jose';

export interface RoleSettings {
  /** A claim's name, or a path to it such as `realm_access.roles`. */
  claim: string;
  /** What the claim says for each role. */
  values: Record<StaffRole, readonly string[]>;
}

export const usualRoles: RoleSettings = {
  claim: 'role',
  values: { viewer: ['viewer'], operator: ['operator'], owner: ['owner'] },
};

export interface Roles {
  /** The highest role that the claim names; `customer` where it names none. */
  of(payload: JWTPayload): Role;
  /** The claim that says so. */
  claimOf(role: Role): Record<string, string>;
}

export function createRoles({ claim, values }: RoleSettings): Roles {
  return {
    of(payload) {
      const said = [claimAt(payload, claim)].flat();
      return staffRoles.findLast((role) => values[role].some((value) => said.includes(value))) ?? 'customer';
    },
    claimOf: (role) => ({ [claim]: role === 'customer' ? role : (values[role]?.[0] ?? role) }),
  };
}

/** The highest of several roles; `customer` where there is none above it. */
export function highestRole(roles: readonly Role[]): Role {
  return staffRoles.findLast((role) => roles.includes(role)) ?? 'customer';
}

/** Whether someone with this role may do what needs the role `wanted`. */
export function mayAs(role: Role, wanted: Role): boolean {
  if (role === 'customer' || wanted === 'customer') return role === wanted;
  return staffRoles.indexOf(role) >= staffRoles.indexOf(wanted);
}

/** The whole name first: some providers have names with dots. */
function claimAt(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  return claim.split('.').reduce<unknown>((value, name) => {
    const isRecord = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return isRecord ? (value as Record<string, unknown>)[name] : undefined;
  }, payload);
}
