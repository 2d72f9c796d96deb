import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { lazy, Suspense, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { linkButton } from '../parts/looks.ts';
import { Steering } from '../parts/Steering.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { isAhead } from './sale-groups.ts';

const AccessCodesDialog = lazy(() =>
  import('../presale/AccessCodesDialog.tsx').then((module) => ({ default: module.AccessCodesDialog })),
);

/** What can be done with a sale from the list: edit it until it opens, duplicate it, see it as shoppers will. */
export function SaleSteps({ sale }: { sale: SaleResult }) {
  const words = useConsoleTexts().plans;
  const { fillForm } = useConsole();
  const presale = useConsoleTexts().presale;
  const [codesAreOpen, setCodesAreOpen] = useState(false);
  const name = <span className="sr-only"> {sale.product.name}</span>;

  return (
    <div className="flex gap-x-4">
      <Steering>
        {isAhead(sale) && (
          <button type="button" className={linkButton} onClick={() => fillForm({ sale, isEdited: true })}>
            {words.edit}
            {name}
          </button>
        )}
        {sale.status === 'scheduled' && (
          <a href="#control" className={linkButton}>
            {words.edit}
            {name}
          </a>
        )}
        <button type="button" className={linkButton} onClick={() => fillForm({ sale, isEdited: false })}>
          {words.duplicate}
          {name}
        </button>
      </Steering>
      {sale.presale !== undefined && (
        <button
          type="button"
          aria-haspopup="dialog"
          className={`${linkButton} whitespace-nowrap`}
          onClick={() => setCodesAreOpen(true)}
        >
          {presale.title}
          {name}
        </button>
      )}
      {codesAreOpen && (
        <Suspense>
          <AccessCodesDialog sale={sale} onClose={() => setCodesAreOpen(false)} />
        </Suspense>
      )}
      {sale.preview !== undefined && (
        <a href={sale.preview} target="_blank" rel="noreferrer" className={linkButton}>
          {words.preview}
          {name}
        </a>
      )}
    </div>
  );
}
