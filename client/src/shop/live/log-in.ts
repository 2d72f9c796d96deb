import { customerOf } from '../device/token.ts';
import type { Customer } from '../model/model.ts';
import { postJson } from './post-json.ts';

export type LogInOutcome =
  | { ok: true; customer: Customer }
  | { ok: false; code: 'elsewhere' | 'invalid' | 'too_many' | 'unreachable' };

const logInTimeoutMs = 8000;

/** The demo's sign-in. Where it is off, customers come with a token of the shop's own identity provider. */
export async function logIn(customerId: string, role: 'customer' | 'owner'): Promise<LogInOutcome> {
  try {
    const response = await postJson('/login', { customerId, role }, logInTimeoutMs);
    if (!response.ok) {
      return { ok: false, code: codeOf(response.status) };
    }
    const { token }: { token: string } = await response.json();
    const customer = customerOf(token);
    return customer === null ? { ok: false, code: 'unreachable' } : { ok: true, customer };
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}

function codeOf(status: number): 'elsewhere' | 'invalid' | 'too_many' | 'unreachable' {
  switch (status) {
    case 404:
      return 'elsewhere';
    case 400:
      return 'invalid';
    case 429:
      return 'too_many';
    default:
      return 'unreachable';
  }
}
