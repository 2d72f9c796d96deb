import { compiledDir } from '@flipzon/local-services/cache-dir.ts';
import { runToItsEnd } from './node-process.ts';

/**
 * Test files and the nodes that they start compile each module once between them. A process that is killed keeps nothing, as most of
 * those nodes are, so a first one loads the whole server and gives up by itself.
 */
export default function setup(): () => Promise<void> {
  const outer = process.env.NODE_COMPILE_CACHE;
  // Test files inherit it.
  process.env.NODE_COMPILE_CACHE = compiledDir;
  // Without its settings it exits once it is loaded. No test has to wait for that.
  const filling = runToItsEnd({});
  return async () => {
    await filling;
    if (outer === undefined) delete process.env.NODE_COMPILE_CACHE;
    else process.env.NODE_COMPILE_CACHE = outer;
  };
}
