import { describe, expect, test } from 'vitest';
import { receiptFile } from '../../../src/shop/device/receipt-file.ts';
import { reminderMoment, soonMs } from '../../../src/shop/device/reminder.ts';
import { viewOf } from '../../../src/shop/model/view.ts';
import { english } from '../../../src/text/english.ts';
import { iso, modelOf, orderOf, saleOf } from '../../_support/fixtures.ts';

describe('a reminder', () => {
  const startMs = 600_000;
  const sale = saleOf({ status: 'scheduled', startsAt: iso(startMs) });
  const reminded = modelOf({ sale, reminder: { saleId: 'sale-1', notifies: true } });
  const at = (now: number, model = reminded) => reminderMoment(viewOf(model, now));

  test('comes shortly before the opening, and at it', () => {
    expect(at(startMs - soonMs - 1)).toBeNull();
    expect(at(startMs - soonMs)).toBe('soon');
    expect(at(startMs - 1)).toBe('soon');
    expect(at(startMs)).toBe('open');
  });

  test('is no news to a page that slept through the opening', () => {
    expect(at(startMs + 3_600_000)).toBeNull();
  });

  test('comes for the sale that it was asked for, if at all', () => {
    expect(at(startMs, modelOf({ sale }))).toBeNull();
    expect(at(startMs, { ...reminded, reminder: { saleId: 'sale-0', notifies: true } })).toBeNull();
  });

  test('moves with the sale', () => {
    const later = { ...reminded, sale: { ...sale, startsAt: iso(2 * startMs) } };
    expect(at(startMs, later)).toBeNull();
    expect(at(2 * startMs - 1000, later)).toBe('soon');
  });
});

describe('the receipt as a file', () => {
  test('has the order and the signature in it, and a name that any file system takes', () => {
    const order = orderOf({ id: 'sale-1:../a/b ü:1', status: 'confirmed' });
    const { name, text } = receiptFile(order, 'eyJ.sig', 'https://shop.example', english);
    expect(name).toMatch(/^flipzon-receipt-[A-Za-z0-9-]+\.json$/);
    expect(JSON.parse(text)).toMatchObject({ shop: 'https://shop.example', order, receipt: 'eyJ.sig' });
  });

  test('says where the signature is if it is on another device', () => {
    expect(JSON.parse(receiptFile(orderOf(), null, '', english).text)).toMatchObject({
      receipt: null,
      note: english.receipt.elsewhere,
    });
  });
});
