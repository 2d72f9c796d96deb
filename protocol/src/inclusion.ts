/*
 * Checks that a leaf is under a root, after RFC 9162, section 2.1.3.2, with nothing but Web Crypto: a browser and Node run the same lines.
 * It shares no line with the code that makes the proofs.
 */

interface Inclusion {
  /** The text that was hashed, byte for byte. */
  leaf: string;
  index: number;
  size: number;
  /** Hexadecimal, from the leaf's neighbour upwards. */
  path: readonly string[];
  root: string;
}

export async function isIncluded({ leaf, index, size, path, root }: Inclusion): Promise<boolean> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let hash = await sha256(Uint8Array.of(0), new TextEncoder().encode(leaf));
  let at = index;
  let last = size - 1;
  for (const step of path) {
    const other = bytesOf(step);
    if (last === 0 || other === null) return false;
    if (at % 2 === 1 || at === last) {
      hash = await sha256(Uint8Array.of(1), other, hash);
      // On the right edge without a neighbour: it moves up unchanged until it is the right child of a node.
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, other);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hexOf(hash) === root;
}

/** HMAC-SHA256 of the customer's id under a key that only they and the shop have: their pseudonym in the leaves. */
export async function pseudonymOf(customerId: string, customerKey: string): Promise<string | null> {
  const bytes = bytesOf(customerKey);
  if (bytes === null) return null;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return hexOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(customerId))));
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

/** Null for anything but 32 bytes in lower-case hexadecimal. */
function bytesOf(hex: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[0-9a-f]{64}$/.test(hex)) return null;
  return Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
