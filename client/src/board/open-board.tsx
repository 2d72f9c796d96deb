import type { ReactNode } from 'react';
import type { OpenShop } from '../shop/open-shop.ts';
import { BoardPage } from './BoardPage.tsx';
import { watchRecentUnits } from './watch-recent-units.ts';

export function openBoard(shop: OpenShop): ReactNode {
  return <BoardPage recentUnits={watchRecentUnits(shop.socket)} />;
}
