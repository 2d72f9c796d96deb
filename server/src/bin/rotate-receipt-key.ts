import { addReceiptKey } from '../mongo/receipt-keys.ts';
import { openRunning } from './open-running.ts';

/** `npm run rotate-receipt-key`: three minutes later, receipts are signed with a new key. Receipts with earlier keys stay valid. */

await using running = await openRunning();
// The age of a key is measured by the clock that all nodes share.
await addReceiptKey(running.models, running.clock.now());
console.log('There is a new receipt key. The nodes sign with it in about three minutes.');
