import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RehearsalMessage } from '@flipzon/protocol/rehearsal-schemas.ts';
import { Command } from 'commander';
import { integer } from '../shared/option-values.ts';
import { type Certificate, certificateText } from './certificate.ts';
import { type RehearsalOptions, rehearse } from './rehearse.ts';

/** `npm run rehearse`: exit code 0 when every promise held, 1 when one was broken, 2 when it could not be played. */

const options = new Command('npm run rehearse --')
  .description(
    'A dress rehearsal: a private sale with a simulated crowd, during which a node, Redis and the database are killed. ' +
      'Ends with a certificate: invariants, latency, recovery times.',
  )
  .option('--shoppers <n>', 'simulated shoppers, each of whom wants one unit', integer(1, 20_000), 1_000)
  .option('--quantity <n>', 'units', integer(1, 20_000), 600)
  .option('--spread-s <s>', 'they press within this long', integer(1, 600), 30)
  .option('--nodes <n>', 'server processes', integer(1, 8), 2)
  .option('--seed <n>', 'repeats a rehearsal, as far as the machine allows', integer(1, 2 ** 31 - 1), 1)
  .option('--shared', 'on the servers of REDIS_URL and MONGODB_URI; only its own nodes are killed', false)
  .option('--out <folder>', 'where the certificate goes', join(process.env.DATA_DIR || '.data', 'rehearsals'))
  .addHelpText(
    'after',
    '\nWithout --shared it starts a separate Redis and database, of the same kind as npm start, in a folder that it deletes at the end.' +
      '\nWith it, it uses a separate database there (removed at the end) and never touches the current sale; REDIS_RECOVERY_URL as for a node.',
  )
  .parse()
  .opts<RehearsalOptions & { out: string }>();

const breakOff = new AbortController();
const leave = () => breakOff.abort();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave);
// The process that forked this one is gone.
process.once('disconnect', leave);

try {
  const certificate = await rehearse(options, process.env, report, breakOff.signal);
  await hand(certificate);
  process.exitCode = certificate.holds ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
// An open channel would keep this process.
process.off('disconnect', leave);
process.disconnect?.();

function report(says: string): void {
  if (process.send === undefined) console.log(says);
  else void tell({ type: 'step', says });
}

/** To the process that forked this one, else into two files. */
async function hand(certificate: Certificate): Promise<void> {
  const text = certificateText(certificate);
  if (process.send !== undefined) {
    await tell({ type: 'certificate', certificate: { ...certificate }, text });
    return;
  }
  const name = join(options.out, certificate.saleId);
  await mkdir(options.out, { recursive: true });
  await writeFile(`${name}.json`, `${JSON.stringify(certificate, null, 2)}\n`);
  await writeFile(`${name}.txt`, text);
  console.log(`\n${text}\n${name}.txt and .json`);
}

/** Resolves once it is on its way, so that the process does not end before. */
function tell(message: RehearsalMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
