import { expect, test } from '../fixtures.ts';
import { FaultyConnection } from '../support/faulty-connection.ts';
import { lookAgain, lookAway, makeHideable } from '../support/look-away.ts';
import { inSeconds } from '../support/shop-api.ts';

const dayMs = 24 * 60 * 60 * 1000;

test('the page opens the sale by itself, without a reload, and leaves the focus where it is', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ startsAt: inSeconds(600), quantity: 5 });
  const ana = await shopper();
  await ana.open();
  await ana.expectState('countdown');
  await expect(ana.page.getByText('Opens automatically. No need to refresh.')).toBeVisible();
  await expect(ana.buy).toBeDisabled();
  await ana.buy.focus();
  await operator.reschedule(sale.id, inSeconds(5));

  await expect(ana.buy).toBeEnabled();
  await expect(ana.buy).toBeFocused();
  await ana.expectState('live');
  await ana.expectRemaining(5);
  await expect(ana.page.getByRole('alert')).toHaveText('The sale is open');
  // A reload would have begun a new recording, without the countdown.
  const { states, timers } = await ana.recording();
  expect(states.slice(states.indexOf('countdown'))).toEqual(['countdown', 'live']);
  expect(timers).toContain('00:01');
  const lastSeconds = timers.filter((text) => text.startsWith('00:0'));
  expect(lastSeconds).toEqual([...lastSeconds].sort().reverse());
  expect(timers).not.toContain('00:00');
});

test('I see when a sale that is days away opens, in my own zone and in UTC', async ({
  operator,
  shopper,
}) => {
  const sale = await operator.start({ startsAt: '2099-12-31T18:30:00.000Z', quantity: 1000, price: 999 });
  const ana = await shopper({ locale: 'en-GB', timezoneId: 'Asia/Kolkata' });
  await ana.open();
  await ana.expectState('scheduled');
  const opening = ana.page.locator('main time').first();
  await expect(opening).toHaveAttribute('datetime', sale.startsAt);
  await expect(opening).toHaveText(/^Friday,?\s1\sJanuary\s2100(,| at)?\s00:00$/);
  await expect(ana.page.getByText(/Thu,?\s31\sDec\s2099,? (at )?18:30 UTC/)).toBeVisible();
  await expect(ana.page.getByText(/^00:00 (GMT\+5:30|IST)/)).toBeVisible();
  await expect(ana.page.getByText('1,000 units at US$999')).toBeVisible();
  await expect(ana.buy).toBeDisabled();
});

test('where my zone is UTC, I see the opening once', async ({ operator, shopper }) => {
  await operator.start({ startsAt: '2099-12-31T18:30:00.000Z' });
  const ana = await shopper({ locale: 'en-GB', timezoneId: 'UTC' });
  await ana.open();
  await ana.expectState('scheduled');
  await expect(ana.page.locator('main').getByText(/18:30 UTC/)).toHaveCount(1);
});

test('the countdown of a sale that is days away counts days, hours, minutes and seconds', async ({
  operator,
  shopper,
}) => {
  await operator.start({ startsAt: new Date(Date.now() + 3 * dayMs + 65_000).toISOString() });
  const ana = await shopper();
  await ana.open();
  const timer = ana.page.getByRole('timer');
  await expect(timer).toHaveText(/^3 days 00:0[01]:\d\d$/);
  await expect(timer).toHaveAttribute('datetime', /^P3DT0H[01]M\d{1,2}S$/);
  const before = await timer.textContent();
  await expect(timer).not.toHaveText(before ?? '');
});

for (const { how, offMs } of [
  { how: 'ten minutes slow', offMs: -600_000 },
  { how: 'ten minutes fast', offMs: 600_000 },
]) {
  test(`the sale opens on the shop’s clock though my device’s is ${how}`, async ({ operator, shopper }) => {
    const sale = await operator.start({ startsAt: inSeconds(1200) });
    const ana = await shopper();
    await ana.page.addInitScript((off) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + off;
    }, offMs);
    await ana.open();
    await expect(ana.page.getByRole('timer')).toHaveText(/^(1[89]:\d\d|20:00)$/);
    await expect(ana.page.getByText('Your clock is 600 s off; we use ours.')).toBeVisible();
    await expect(ana.buy).toBeDisabled();
    await operator.reschedule(sale.id, inSeconds(2));
    await expect(ana.buy).toBeEnabled();
    await ana.buy.click();
    await ana.expectState('confirmed');
  });
}

test('a buy before the opening is refused, and the page keeps counting down', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ startsAt: inSeconds(600), quantity: 2 });
  const ana = await shopper();
  await ana.open();
  const [early] = await crowd(1, { customerId: ana.customerId, node: 1 });
  const answer = await early?.buy();
  expect(answer).toMatchObject({ ok: false, code: 'sale_not_active', startsAt: sale.startsAt });
  await ana.expectState('countdown');
  await ana.expectRemaining(2);
  await expect(ana.order).toBeHidden();
  await operator.reschedule(sale.id, 'now');
  await expect(ana.buy).toBeEnabled();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(1);
  expect(await operator.orders(sale.id)).toHaveLength(1);
});

test('a latecomer is shown the true count at once', async ({ operator, shopper, crowd }) => {
  await operator.start({ quantity: 10 });
  const members = await crowd(4);
  for (const member of members) {
    expect(await member.buy()).toMatchObject({ ok: true });
  }
  const late = await shopper({ node: 1, token: null });
  await late.open();
  await late.expectState('live');
  await late.expectRemaining(6);
  expect((await late.recording()).counts).toEqual([6]);
});

test('a tab that slept through the opening is right as soon as it becomes visible', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ startsAt: inSeconds(600), quantity: 5 });
  const ana = await shopper();
  await makeHideable(ana.page);
  await ana.page.clock.install();
  const connection = await FaultyConnection.between(ana.page);
  await ana.open();
  await ana.expectState('countdown');
  // Asleep: no timer fires, and what arrives is not looked at.
  await lookAway(ana.page);
  await ana.page.clock.pauseAt(Date.now() + 1000);
  connection.holdToPage(/./);
  await operator.reschedule(sale.id, 'now');
  const [quicker] = await crowd(1);
  expect(await quicker?.buy()).toMatchObject({ ok: true });
  await connection.expectHeld(/^42\["stock"/);
  await ana.expectState('countdown');

  await ana.page.clock.fastForward(120_000);
  await ana.page.clock.resume();
  connection.release();
  await lookAgain(ana.page);
  await ana.expectState('live');
  await ana.expectRemaining(4);
  await expect(ana.page.getByRole('timer')).toBeHidden();
  await expect(ana.buy).toBeEnabled();
  await ana.buy.click();
  await ana.expectState('confirmed');
});
