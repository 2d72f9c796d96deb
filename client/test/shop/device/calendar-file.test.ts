import { describe, expect, test } from 'vitest';
import { calendarFile } from '../../../src/shop/device/calendar-file.ts';

const event = {
  uid: 'sale-1@shop.example',
  stampMs: Date.parse('2026-11-25T10:00:00.123Z'),
  startMs: Date.parse('2026-11-28T18:30:00.000Z'),
  endMs: Date.parse('2026-11-28T19:30:00.000Z'),
  summary: 'iPhone: Flipzon flash sale opens',
  description: '1,000 units at $999; first come, first served.\nC:\\shop',
  url: 'https://shop.example',
  alarmMinutesBefore: 10,
};

function unfolded(file: string): string[] {
  return file.replaceAll('\r\n ', '').split('\r\n');
}

describe('the calendar file of a sale', () => {
  test('is one event in UTC, with an identity and an alarm', () => {
    const lines = unfolded(calendarFile(event));
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines).toEqual(
      expect.arrayContaining([
        'VERSION:2.0',
        'UID:sale-1@shop.example',
        'DTSTAMP:20261125T100000Z',
        'DTSTART:20261128T183000Z',
        'DTEND:20261128T193000Z',
        'BEGIN:VALARM',
        'TRIGGER:-PT10M',
        'URL:https://shop.example',
      ]),
    );
    expect(lines.slice(-2)).toEqual(['END:VCALENDAR', '']);
    for (const what of ['VCALENDAR', 'VEVENT', 'VALARM']) {
      expect(lines.filter((line) => line === `BEGIN:${what}`)).toHaveLength(1);
      expect(lines.filter((line) => line === `END:${what}`)).toHaveLength(1);
    }
  });

  test('escapes what has a meaning in it', () => {
    expect(unfolded(calendarFile(event))).toContain(
      'DESCRIPTION:1\\,000 units at $999\\; first come\\, first served.\\nC:\\\\shop',
    );
  });

  test('has no line of more than 75 octets, and cuts no character in two', () => {
    const summary = '📱 आईफ़ोन: फ़्लैश सेल '.repeat(12).trim();
    const file = calendarFile({ ...event, summary });
    for (const line of file.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\u{fffd}');
    }
    expect(unfolded(file)).toContain(`SUMMARY:${summary}`);
  });

  test('breaks its lines with CR and LF only', () => {
    expect(calendarFile(event).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});
