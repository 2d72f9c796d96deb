import { doorOf, hasSession, type Visitor } from './device/token.ts';
import type { Renewal, Session } from './live/session.ts';
import { type Customer, serverMsAt } from './model/model.ts';
import type { Store } from './model/store.ts';

interface Needs {
  visitor: Visitor;
  store: Store;
  clock: () => number;
  onToken: (customer: Customer) => void;
  onEnd: () => void;
}

export interface KeptSession {
  /** A session has just begun. */
  begin(): void;
  renew(): Promise<Renewal>;
  end(everywhere: boolean): void;
}

/** The session of a visitor who has signed in at this shop. Its code is fetched where there is one. */
export function keepSession({ visitor, store, clock, ...on }: Needs): KeptSession {
  const door = doorOf(visitor);
  let opened: Promise<Session> | null = null;
  const load = () => import('./live/session.ts');

  function open(): Promise<Session> | null {
    if (!hasSession(visitor)) {
      return null;
    }
    opened ??= load().then(({ openSession }) =>
      openSession({
        ...{ door, ...on },
        customer: () => store.get().customer,
        serverMs: () => (store.get().clock === null ? Date.now() : serverMsAt(store.get(), clock())),
      }),
    );
    // The next one who needs it tries again.
    opened.catch(() => {
      opened = null;
    });
    return opened;
  }

  const begin = () => void open()?.catch(() => undefined);
  begin();
  return {
    begin,
    async renew() {
      try {
        return (await (await open())?.renew()) ?? 'ended';
      } catch {
        return 'unreachable';
      }
    },
    end(everywhere) {
      if (hasSession(visitor)) {
        void load().then(({ endSession }) => endSession(door, everywhere));
      }
    },
  };
}
