import { connectToLoad, masters } from './connections.ts';

/** Loads scripts on every server that holds data; rejects when one of them did not take them all. */
export type LoadScripts = (texts: readonly string[]) => Promise<void>;

/**
 * Signs in as the user that may load scripts, for as long as that takes and no longer. The connections that a node keeps can't: whatever
 * they do wrong, a Redis that has lost its memory is not taught to sell by a claim.
 */
export function createScriptLoader(recoveryUrls: readonly string[]): LoadScripts {
  return async (texts) => {
    await using connection = await connectToLoad(recoveryUrls);
    await Promise.all(
      masters(connection.client).map(async (server) => {
        // One after the other: of a script that is loaded, those before it are there as well.
        for (const text of texts) await server.script('LOAD', text);
      }),
    );
  };
}
