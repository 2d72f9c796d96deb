import { connectMongo } from './mongo/connection.ts';
import { createModels } from './mongo/models.ts';
import { addReceiptKey } from './mongo/receipt-keys.ts';
import { runningServices } from './running-services.ts';

/** `npm run rotate-receipt-key`: from three minutes on, receipts are signed with a new key. Those of the earlier ones stay good. */

const { mongodbUri } = runningServices();
const mongo = await connectMongo(mongodbUri, process.env.MONGODB_DATABASE || undefined, () => undefined);
try {
  await addReceiptKey(await createModels(mongo));
  console.log('There is a new key for receipts; the nodes sign with it in about three minutes.');
} finally {
  await mongo.close();
}
