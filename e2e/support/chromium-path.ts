import { existsSync } from 'node:fs';

const shell = '/usr/bin/chromium-headless-shell';
const path = process.env.CHROMIUM_PATH || (existsSync(shell) ? shell : '/usr/bin/chromium');

/** Where the browser of tests, pictures and Lighthouse is; undefined: Playwright's own. */
export const chromiumPath = existsSync(path) ? path : undefined;
