import type { Role } from '@flipzon/protocol/identity.ts';
import type { Image } from '@flipzon/protocol/product.ts';
import sharp from 'sharp';
import type { Address, Shop } from './shop.ts';

/** `green`: another one makes another file. */
export const photo = (green: number, { width = 400, height = 300 } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: 9, g: green % 256, b: 90 } } })
    .jpeg()
    .toBuffer();

interface Options {
  by?: string;
  role?: Role;
  node?: Address | undefined;
  type?: string;
}

export async function uploadImage(
  shop: Pick<Shop, 'nodes' | 'token'>,
  file: Buffer,
  { by = 'olga', role = 'operator', node = shop.nodes[0], type = 'image/jpeg' }: Options = {},
) {
  const response = await fetch(`${node?.url}/images`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await shop.token(by, role)}`, 'content-type': type },
    body: new Uint8Array(file),
  });
  const body = (await response.json()) as { image: Image; code: string; detail: string };
  return { status: response.status, headers: response.headers, body };
}
