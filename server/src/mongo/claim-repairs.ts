import { type Claim, orderId } from '../sale/order.ts';
import type { ClaimRepairs } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { ClaimRepairDoc, Models } from './models.ts';

/** What recoveries did to single claims: one document per claim and outcome, so that noting it twice counts once. */
export function createClaimRepairs({ ClaimRepair }: Pick<Models, 'ClaimRepair'>): ClaimRepairs {
  return {
    async add(claim, outcome) {
      const { saleId, customerId, slot, unit, seq, requestId, claimedAt, arrivedAt } = claim;
      const doc: ClaimRepairDoc = {
        _id: `${orderId(claim)}:${seq}:${outcome}`,
        ...{ saleId, customerId, n: slot, unit, seq, requestId, claimedAt, arrivedAt, outcome },
        at: new Date(),
      };
      await unlessThere(new ClaimRepair(doc).save(durable));
    },
    async countsOf(saleId) {
      const [restored, revoked] = await Promise.all([
        ClaimRepair.countDocuments({ saleId, outcome: 'restored' }),
        ClaimRepair.countDocuments({ saleId, outcome: 'revoked' }),
      ]);
      return { restored, revoked };
    },
    async revokedOf(saleId, customerId) {
      const docs = await ClaimRepair.find({ saleId, customerId, outcome: 'revoked' })
        .sort({ at: -1 })
        .lean<ClaimRepairDoc[]>();
      return docs.map(claimOf);
    },
  };
}

function claimOf(doc: ClaimRepairDoc): Claim {
  const { saleId, customerId, n: slot, unit, seq, requestId, claimedAt, arrivedAt } = doc;
  return { saleId, customerId, slot, unit, seq, requestId, claimedAt, arrivedAt };
}
