import type { Order } from '@flipzon/protocol/schemas.ts';
import { variantOf } from './model/variants.ts';
import { useView } from './use-view.ts';

/** What was bought, where the product has variants: of an earlier sale, only the `sku` is known. Null where it has none. */
export function useVariantName({ saleId, variant }: Order): string | null {
  return useView(({ model }) => {
    const name = model.sale?.id === saleId ? variantOf(model.sale, variant)?.name : undefined;
    return name ?? variant ?? null;
  });
}
