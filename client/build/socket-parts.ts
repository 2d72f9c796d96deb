import type { Plugin } from 'vite';

/**
 * What Socket.IO's client has that the shop's first load does not need. Its messages are text, so nothing is packed as binary or base64,
 * and no node offers WebTransport. Polling is an operator's choice that few make: src/shop/live/polling.ts brings it.
 */
const unused: Readonly<Record<string, string>> = {
  'engine.io-client/build/esm/index.js': `
    export { Socket } from "./socket.js";
    export { installTimerFunctions } from "./util.js";
    export { nextTick } from "./globals.node.js";
    export { parse } from "./contrib/parseuri.js";
    ${['Fetch', 'NodeXHR', 'XHR', 'NodeWebSocket', 'WebSocket', 'WebTransport'].map((name) => `export const ${name} = null;`).join('')}`,
  'engine.io-client/build/esm/transports/index.js':
    'import { WS } from "./websocket.node.js"; export const transports = { websocket: WS };',
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js':
    'export const decode = () => new ArrayBuffer(0); export const encode = () => "";',
  'socket.io-parser/build/esm/binary.js':
    'export const deconstructPacket = (packet) => ({ packet, buffers: [] }); export const reconstructPacket = (packet) => packet;',
  'socket.io-parser/build/esm/is-binary.js':
    'export const isBinary = () => false; export const hasBinary = () => false;',
};

/** What src/shop/live/polling.ts imports. The package's own index would put the transport into the first load. */
const polling = 'engine.io-client/build/esm/with-polling.js';
const pollingParts =
  'export { transports } from "./transports/index.js"; export { XHR } from "./transports/polling-xhr.js";';

/** Leaves those parts out of the build. A version that has moved one of them fails the build, so that it is noticed. */
export function socketParts(): Plugin {
  const left = new Set(Object.keys(unused));
  return {
    name: 'socket-parts',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (source !== 'engine.io-client' || importer?.endsWith('/live/polling.ts') !== true) return null;
      const index = await this.resolve(source, importer, { skipSelf: true });
      return index?.id.replace(/index\.js$/, 'with-polling.js') ?? null;
    },
    load(id) {
      if (id.endsWith(`/${polling}`)) return pollingParts;
      const part = Object.keys(unused).find((each) => id.endsWith(`/${each}`));
      if (part === undefined) return null;
      left.delete(part);
      return unused[part] ?? null;
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0)
        this.error(`socket.io-client no longer has ${[...left].join(', ')}`);
    },
  };
}
