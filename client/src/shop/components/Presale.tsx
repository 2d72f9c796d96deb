import { lazy, Suspense } from 'react';
import { DrawAgain } from '../../ui/DrawAgain.tsx';
import { useView } from '../use-view.ts';

const AccessField = lazy(() =>
  import('./AccessField.tsx').then((module) => ({ default: module.AccessField })),
);

/** The field for an access code, which only pages of presales load. Below the button, so that it moves nothing when it comes. */
export function Presale() {
  const saleId = useView(({ model: { sale, orders }, phase, serverMs }) => {
    if (sale?.presale === undefined || phase === 'ended' || phase === 'sold_out') return null;
    const { codesUntil } = sale.presale;
    const isNeeded = codesUntil === null || serverMs < Date.parse(codesUntil);
    return isNeeded && !orders.some((order) => order.saleId === sale.id) ? sale.id : null;
  });
  return saleId === null ? null : (
    <DrawAgain key={saleId} otherwise={null}>
      <Suspense>
        <AccessField saleId={saleId} />
      </Suspense>
    </DrawAgain>
  );
}
