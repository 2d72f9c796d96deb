import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { firstView } from './build/first-view.ts';
import { socketParts } from './build/socket-parts.ts';

const server = process.env.FLIPZON_SERVER ?? 'http://127.0.0.1:3000';
/** What the page asks the shop for; `npm run dev` in this folder serves the rest itself. */
const backendPaths = [
  ...['/status', '/login', '/auth', '/orders', '/receipts', '/buy', '/challenge'],
  ...[
    '/start',
    '/sales',
    '/customers',
    '/operator',
    '/people',
    '/holds',
    '/api',
    '/settings',
    '/images',
    '/preview',
  ],
];

export default defineConfig({
  plugins: [react(), tailwindcss(), socketParts(), firstView(), compressed()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2022',
    // A strict content security policy forbids inlined data: scripts and fonts, and the page has none to gain from.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The server reads there which script has which language's texts.
    manifest: 'manifest.json',
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      ...Object.fromEntries(backendPaths.map((path) => [path, server])),
      '/socket.io': { target: server, ws: true },
    },
  },
});
