import { Command } from 'commander';
import { restoreBackup } from '../backup/restore-backup.ts';

/** `npm run restore`: exit code 0 restored, 1 not. */

const program = new Command('restore')
  .description('Puts a backup into an empty DATA_DIR, where the next npm start finds it.')
  .requiredOption('--from <folder>', 'what npm run backup has made')
  .requiredOption('--data-dir <folder>', 'an empty folder, to be the DATA_DIR of the next start')
  .addHelpText(
    'after',
    '\nThe orders go into MONGODB_URI where that is set, else into a private database in the folder.',
  )
  .parse();
const { from, dataDir } = program.opts<{ from: string; dataDir: string }>();

try {
  const { takenAt, collections } = await restoreBackup({
    from,
    dataDir,
    mongodbUri: process.env.MONGODB_URI || undefined,
    database: process.env.MONGODB_DATABASE || undefined,
  });
  console.log(
    `Restored as of ${takenAt}: ${collections.orders ?? 0} orders. Now: DATA_DIR=${dataDir} npm start`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
