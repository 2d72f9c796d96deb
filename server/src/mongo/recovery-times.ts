import type { Models } from './models.ts';

/** When Redis had to be rebuilt for a sale, oldest first. Its first epoch was no recovery. */
export async function recoveryTimes(
  { SaleEpoch }: Pick<Models, 'SaleEpoch'>,
  saleId: string,
): Promise<number[]> {
  const epochs = await SaleEpoch.find({ saleId }).sort({ epoch: 1 }).lean();
  return epochs.filter(({ epoch }) => epoch > 1).map(({ at }) => at.getTime());
}
