import type { Order } from '@flipzon/protocol/schemas.ts';
import { useState } from 'react';
import { ActionDialog } from '../control/ActionDialog.tsx';
import { OrdersTable } from './OrdersTable.tsx';

/** Orders, each with a way to cancel it. `onCancelled` also moves the focus: the pressed button may be gone. */
export function CancellableOrders(props: {
  orders: readonly Order[];
  sales?: readonly { id: string; name: string }[];
  onCancelled: () => void;
}) {
  const { onCancelled, ...table } = props;
  const [cancelling, setCancelling] = useState<string | null>(null);
  return (
    <>
      <OrdersTable {...table} onCancel={setCancelling} />
      {cancelling !== null && (
        <ActionDialog
          kind="cancel"
          orderId={cancelling}
          onClose={(isDone) => {
            setCancelling(null);
            if (isDone) onCancelled();
          }}
        />
      )}
    </>
  );
}
