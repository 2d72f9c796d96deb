import { moneyOf } from '@flipzon/protocol/money.ts';
import { useId } from 'react';
import { useLanguage } from '../../text/language.ts';
import { heldOrders, mayHoldMore } from '../model/orders.ts';
import { chosenVariant } from '../model/variants.ts';
import { useActions, useView } from '../use-view.ts';

/** If no name is longer, as with sizes, the columns are narrow. */
const shortNameMax = 8;
const columns = {
  short: 'grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]',
  long: 'grid-cols-[repeat(auto-fit,minmax(min(100%,15rem),1fr))]',
};

/** The variants to choose from, where the product has any, while this visitor can buy one. */
export function VariantPicker() {
  const { texts } = useLanguage();
  const id = useId();
  // Counts concern their rows only.
  const { skus, isShort } = useView(({ model, phase }) => {
    const variants = model.sale?.variants ?? [];
    const mayBuy = phase !== 'ended' && !model.blocked && model.signIn === 'closed' && mayHoldMore(model);
    return {
      skus: mayBuy ? variants.map(({ sku }) => sku).join(' ') : '',
      isShort: variants.every(({ name }) => shortNameMax >= name.length),
    };
  });
  const holds = useView(({ model }) => heldOrders(model).length > 0);
  if (skus === '') {
    return null;
  }
  return (
    <fieldset data-testid="variants" className={`min-w-0 ${holds ? 'mt-7' : 'mt-5'}`}>
      <legend className="mb-2 text-sm font-medium text-muted">{texts.variants.legend}</legend>
      <div className={`grid gap-2 ${columns[isShort ? 'short' : 'long']}`}>
        {skus.split(' ').map((sku) => (
          <VariantChoice key={sku} sku={sku} group={id} />
        ))}
      </div>
    </fieldset>
  );
}

function VariantChoice(props: { sku: string; group: string }) {
  const { texts, formats } = useLanguage();
  const { choose } = useActions();
  const { sku, group } = props;
  const id = useId();
  const { variant, isChosen, old } = useView(({ model, variants, old }) => ({
    variant: variants?.find((each) => each.sku === sku),
    isChosen: chosenVariant(model)?.sku === sku,
    old,
  }));
  if (variant === undefined) {
    return null;
  }
  const { name, remaining } = variant;
  const isLeft = remaining > 0;
  return (
    <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-2xl border border-line bg-card px-4 py-2 hover:border-muted has-checked:border-ink has-checked:ring-1 has-checked:ring-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent-ink">
      <input
        type="radio"
        name={group}
        value={sku}
        checked={isChosen}
        onChange={() => choose(sku)}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-left`}
        className="size-5 shrink-0 accent-accent-ink outline-none"
      />
      <span className="min-w-0 flex-1 leading-snug">
        <span id={`${id}-name`} className="flex flex-wrap justify-between gap-x-3">
          <bdi className="font-semibold tracking-tight [overflow-wrap:anywhere]">{name}</bdi>{' '}
          <span className="whitespace-nowrap tabular-nums">{formats.price(moneyOf(variant))}</span>
        </span>
        <data
          id={`${id}-left`}
          value={remaining}
          data-testid={`left-${sku}`}
          className={`block text-sm tabular-nums ${isLeft && !old ? '' : 'text-muted'} ${isLeft ? '' : 'font-semibold'}`}
        >
          {isLeft ? texts.variants.left(remaining, formats.number(remaining)) : texts.variants.soldOut}
        </data>
      </span>
    </label>
  );
}
