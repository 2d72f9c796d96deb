import type { ReactNode } from 'react';
import { Footer } from './Footer.tsx';
import { ProductDetails } from './ProductDetails.tsx';
import { ProductPanel } from './ProductPanel.tsx';

/** The layout of the shop page. */
export function ShopLayout(props: { header: ReactNode; notes: ReactNode; children: ReactNode }) {
  return (
    <>
      {props.header}
      <main className="flex flex-1 flex-col">
        <div className="grid flex-1 grid-rows-[auto_1fr] gap-5 pb-4 sm:gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:grid-rows-1 lg:gap-14 lg:pb-8">
          <ProductPanel />
          <div className="@container flex min-w-0 flex-col lg:justify-center lg:py-6">{props.children}</div>
        </div>
        <ProductDetails />
      </main>
      <Footer notes={props.notes} />
    </>
  );
}

export const shopLook = 'mx-auto flex min-h-svh max-w-[88rem] flex-col px-5 sm:px-8';
export const headerLook = 'flex min-h-16 items-center gap-x-2 py-2 text-sm';
