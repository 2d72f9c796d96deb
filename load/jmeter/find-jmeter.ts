import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '@flipzon/local-services/cache-dir.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';

const probeMsMax = 30_000;
const fetchMsMax = 15 * 60 * 1000;

/** JMeter's folder, with its jars in lib/ and its properties in bin/; fetched from Maven Central once, and kept in the cache. */
export async function findJmeter(): Promise<{ ok: true; home: string } | { ok: false; message: string }> {
  const java = await runCommand('java', ['-version'], { timeoutMs: probeMsMax });
  if (!java.ok) return { ok: false, message: `JMeter needs Java 8 or later on the PATH: ${java.output}` };
  const pom = join(import.meta.dirname, 'pom.xml');
  // Another pom, another JMeter.
  const hash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 8);
  const home = join(cacheDir(), `jmeter-${hash}`);
  if (existsSync(home)) return { ok: true, home };

  const maven = await runCommand('mvn', ['--version'], { timeoutMs: probeMsMax });
  if (!maven.ok) {
    return {
      ok: false,
      message: `JMeter is fetched by Maven, which is not on the PATH (Debian and Ubuntu: apt-get install maven): ${maven.output}`,
    };
  }
  process.stderr.write(`Fetching JMeter with Maven, once …\n`);
  const made = `${home}.${process.pid}`;
  // Folders for plugins, which JMeter complains of when they are missing.
  for (const folder of ['ext', 'junit']) await mkdir(join(made, 'lib', folder), { recursive: true });
  const args = ['-B', '-q', '-f', pom, `-Djmeter.home=${made}`, 'generate-resources'];
  const fetched = await runCommand('mvn', args, { timeoutMs: fetchMsMax });
  if (!fetched.ok) {
    await rm(made, { recursive: true, force: true });
    return { ok: false, message: `JMeter could not be fetched with Maven:\n${fetched.output}` };
  }
  // Moved as a whole, so that a fetch that is interrupted leaves nothing that looks complete.
  await rename(made, home);
  return { ok: true, home };
}
