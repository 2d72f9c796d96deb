import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('./claim.lua', import.meta.url), 'utf8');
export const claimScript = { text, sha: createHash('sha1').update(text).digest('hex') };

const prefix = 'bench:{baseline}:';
export const claimKeys = ['state', 'holders', 'cancelled', 'returned', 'outbox'].map((name) => prefix + name);
/** None of our nodes listens to it. */
export const claimChannel = `${prefix}count`;
export const backlogMax = 10_000_000;
