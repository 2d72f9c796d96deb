import type { ReactNode } from 'react';
import type { OpenShop } from '../shop/open-shop.ts';
import { BoardPage } from './BoardPage.tsx';
import { watchGone } from './watch-gone.ts';

export function openBoard(shop: OpenShop): ReactNode {
  return <BoardPage gone={watchGone(shop.socket)} />;
}
