import type { Order } from '@flipzon/protocol/schemas.ts';
import { variantOf } from './model/variants.ts';
import { useView } from './use-view.ts';

/** The name of the order's variant, or its `sku` for an earlier sale. Null if the product has no variants. */
export function useVariantName({ saleId, variant }: Order): string | null {
  return useView(({ model }) => {
    const name = model.sale?.id === saleId ? variantOf(model.sale, variant)?.name : undefined;
    return name ?? variant ?? null;
  });
}
