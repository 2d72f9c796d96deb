import { Command } from 'commander';
import { adminUrl } from '../backup/redis-files.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { runningServices } from './running-services.ts';

/** `npm run backup`: exit code 0 taken, 1 not. */

const program = new Command('backup')
  .description('Copies the orders and the claims of a running shop into a folder.')
  .option(
    '--to <folder>',
    'a folder that does not exist yet',
    `backups/${new Date().toISOString().slice(0, 19)}Z`,
  )
  .addHelpText(
    'after',
    '\nOf the private services of a shop that runs in DATA_DIR, or of MONGODB_URI. The files of a Redis of your own are copied by you, before ' +
      'this is run: see docs/operations.md.\nThe folder holds secrets and the customers’ orders.',
  )
  .parse();
const { to } = program.opts<{ to: string }>();

try {
  const { redisUrl, mongodbUri, dataDir, hasPrivateRedis } = runningServices();
  const redis = hasPrivateRedis ? { url: await adminUrl(redisUrl, dataDir), dataDir } : null;
  const { collections } = await takeBackup({
    redis,
    mongodbUri,
    database: process.env.MONGODB_DATABASE || undefined,
    to,
  });
  const counts = Object.entries(collections).map(([name, count]) => `${name} ${count}`);
  console.log(`${to}: ${redis === null ? '' : 'the files of Redis; '}${counts.join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
