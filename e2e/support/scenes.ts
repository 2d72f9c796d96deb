import { expect } from '@playwright/test';
import type { CrowdMember } from './crowd.ts';
import { inSeconds, type Operator } from './shop-api.ts';
import type { Shopper } from './shopper.ts';

interface Cast {
  operator: Operator;
  shopper: Shopper;
  crowd: (count: number) => Promise<CrowdMember[]>;
}

/** How the page gets into a state, for what must hold in every one of them. */
const scenes = {
  scheduled: async ({ operator, shopper }) => {
    await operator.start({ startsAt: '2099-12-31T18:30:00.000Z', quantity: 1000 });
    await shopper.open();
  },
  countdown: async ({ operator, shopper }) => {
    await operator.start({ startsAt: inSeconds(20 * 3600), quantity: 1000 });
    await shopper.open();
  },
  live: async ({ operator, shopper }) => {
    await operator.start({ quantity: 1000 });
    await shopper.open();
    await expect(shopper.buy).toBeEnabled();
  },
  confirmed: async ({ operator, shopper }) => {
    await operator.start({ quantity: 1000 });
    await shopper.open();
    await shopper.buy.click();
  },
  sold_out: async ({ operator, shopper, crowd }) => {
    await operator.start({ quantity: 1 });
    await shopper.open();
    const [quicker] = await crowd(1);
    expect(await quicker?.buy()).toMatchObject({ ok: true });
  },
  signed_out: async ({ operator, shopper }) => {
    await operator.start({ quantity: 1000 });
    await shopper.open();
    await shopper.page.getByRole('button', { name: 'Sign out' }).click();
    await shopper.page.getByRole('button', { name: 'Sign in to buy' }).click();
  },
} satisfies Record<string, (cast: Cast) => Promise<void>>;

export type SceneName = keyof typeof scenes;

export async function play(name: SceneName, cast: Cast): Promise<void> {
  await scenes[name](cast);
  await cast.shopper.expectState(name);
  await movementsEnd(cast.shopper);
}

/** Movements that end have ended, so that what is looked at is what stays. */
export async function movementsEnd(shopper: Shopper): Promise<void> {
  await shopper.page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(passing.map((each) => each.finished));
  });
}
