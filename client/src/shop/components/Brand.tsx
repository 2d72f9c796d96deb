import { BrandMark } from '../../ui/BrandMark.tsx';
import { useShopName } from '../../ui/shop-brand.ts';

/** Leads to the shop. On a phone the name is hidden if there is more to show beside it. */
export function Brand(props: { makesRoom: boolean }) {
  const name = useShopName();
  return (
    <a
      href="/"
      className="-ms-2 flex min-h-11 min-w-11 items-center gap-2 rounded-xl px-2 text-lg font-bold tracking-tight"
    >
      <BrandMark />
      <span className={props.makesRoom ? 'max-[26rem]:sr-only' : ''}>
        <bdi>{name}</bdi>
      </span>
    </a>
  );
}
