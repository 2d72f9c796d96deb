import { connectToLoad, masters } from './connections.ts';

/**
 * Loads scripts on every server that holds data; rejects when one of them did not take them all. With `beside`, only where the script with
 * this hash is loaded still: false when a server does not have it.
 */
export type LoadScripts = (texts: readonly string[], beside?: string) => Promise<boolean>;

/**
 * Signs in as the user that may load scripts, for as long as that takes and no longer. The connections that a node keeps can't: whatever
 * they do, a claim cannot load scripts into a Redis that has lost its memory.
 */
export function createScriptLoader(recoveryUrls: readonly string[]): LoadScripts {
  return async (texts, beside) => {
    await using connection = await connectToLoad(recoveryUrls);
    const loaded = await Promise.all(
      masters(connection.client).map(async (server) => {
        // Asked on the connection on which they are loaded, which is never opened again: a server that answered is the one that loads them.
        if (beside !== undefined) {
          const [known] = (await server.script('EXISTS', beside)) as number[];
          if (known !== 1) return false;
        }
        // One after the other: of a script that is loaded, those before it are there as well.
        for (const text of texts) await server.script('LOAD', text);
        return true;
      }),
    );
    return loaded.every((each) => each);
  };
}
