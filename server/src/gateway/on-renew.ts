import { type RenewAnswer, renewRequest } from '@flipzon/protocol/session-schemas.ts';
import type { Tokens } from '../sale/ports.ts';
import type { Misuse } from './inbound-bounds.ts';
import type { ClientSocket } from './socket-server.ts';

interface Dependencies {
  tokens: Tokens;
  onMisuse: (kind: Misuse) => void;
}

/** `renew`: a token that follows the one of the handshake, of the same person. So no socket has to connect again when a token expires. */
export function createOnRenew({ tokens, onMisuse }: Dependencies) {
  return async (socket: ClientSocket, payload: unknown): Promise<RenewAnswer> => {
    const request = renewRequest.safeParse(payload);
    if (!request.success) onMisuse('invalid_payload');
    const identity = request.success ? await tokens.verify(request.data.token) : null;
    const before = socket.data.identity;
    if (identity?.customerId !== before?.customerId || identity?.role !== before?.role || identity === null) {
      return { ok: false, code: 'unauthenticated', message: 'Connect again with this token.' };
    }
    socket.data.identity = identity;
    return { ok: true };
  };
}
