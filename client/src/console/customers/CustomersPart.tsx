import { useState } from 'react';
import { useChosenCustomer } from '../parts/use-part.ts';
import { BlockedPanel } from './BlockedPanel.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import { OrderSearchPanel } from './OrderSearchPanel.tsx';

/** Finds customers and their orders over all sales. */
export function CustomersPart() {
  const chosen = useChosenCustomer();
  const [blockings, setBlockings] = useState(0);
  return (
    <>
      <OrderSearchPanel />
      {chosen !== null && (
        <CustomerPanel key={chosen} customerId={chosen} onBlocking={() => setBlockings(blockings + 1)} />
      )}
      <BlockedPanel blockings={blockings} />
    </>
  );
}
