import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAskedDirectly } from '../../src/limits/asked-directly.ts';
import { createClientAddress } from '../../src/limits/client-address.ts';
import { networksOf } from '../../src/limits/networks.ts';
import { addressList, includes } from '../../src/shared/address-list.ts';
import { readAddress } from '../../src/shared/read-address.ts';

const proxies = addressList(['10.0.0.0/8', 'fd00::/8']);
if (proxies === null) throw new Error('not a list');
const addressOf = createClientAddress(proxies);
const from = (remoteAddress: string, said?: string) =>
  addressOf({ socket: { remoteAddress }, headers: said === undefined ? {} : { 'x-forwarded-for': said } });

const ipv4 = fc.ipV4().filter((address) => !address.startsWith('10.'));
const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 7, maxLength: 7 });
/** Of the space that is given out, so none of ours and none that stands for one of IPv4. */
const ipv6 = groups.map((rest) => [0x2001, ...rest].map((group) => group.toString(16)).join(':'));
const address = fc.oneof(ipv4, ipv6);
const port = fc.integer({ min: 1, max: 65_535 });

/** Each way in which proxies write an address. */
const spelled = (plain: string) =>
  plain.includes('.')
    ? fc.oneof(
        fc.constantFrom(
          plain,
          `"${plain}"`,
          ` ${plain}`,
          `::ffff:${plain}`,
          `[::FFFF:${plain}]`,
          `64:ff9b::${plain}`,
        ),
        port.map((number) => `${plain}:${number}`),
        port.map((number) => `"[::ffff:${plain}]:${number}"`),
      )
    : fc.oneof(
        fc.constantFrom(
          plain,
          plain.toUpperCase(),
          `[${plain}]`,
          `"[${plain}]"`,
          `${plain}%eth0`,
          `[${plain}%25]`,
        ),
        port.map((number) => `[${plain}]:${number}`),
        port.map((number) => `"[${plain}]:${number}"`),
      );
const spelledAddress = address.chain((plain) => spelled(plain).map((text) => ({ plain, text })));

it('reads an address in every spelling as the same one', () => {
  fc.assert(
    fc.property(spelledAddress, ({ plain, text }) => {
      expect([text, readAddress(text)]).toEqual([text, plain]);
      expect(networksOf(text)).toEqual(networksOf(plain));
    }),
    { numRuns: 1_000 },
  );
});

it('takes what the nearest proxy says, whatever a client has written before it, and how much of it', () => {
  const written = fc.oneof(
    address,
    fc.constantFrom('10.0.0.9', '', 'unknown', '_hidden', '256.1.1.1', 'for=1.2.3.4', '"', '[', '1.2.3.4:x'),
    fc.string({ unit: 'binary-ascii' }),
  );
  fc.assert(
    fc.property(
      spelledAddress,
      fc.array(written, { maxLength: 60 }),
      fc.array(fc.constantFrom('10.0.0.2', '10.1.1.1:80', '[fd00::1]', ''), { maxLength: 14 }),
      ({ plain, text }, before, proxiesBehind) => {
        const said = [...before, text, ...proxiesBehind].join(',');
        expect(from('::ffff:10.0.0.1', said)).toEqual({ address: plain, unreadable: false });
      },
    ),
    { numRuns: 1_000 },
  );
});

it.each(['unknown', '_hidden', '1.2.3', '1.2.3.4.5', '1.2.3.4:http', '[::1', '::1]:80', '2001:db8::g', '"'])(
  '%j is not a readable address: counted under the proxy that sent it',
  (said) => {
    expect(readAddress(said)).toBeNull();
    expect(from('10.0.0.1', `203.0.113.7, ${said}`)).toEqual({ address: '10.0.0.1', unreadable: true });
    expect(from('10.0.0.1', `203.0.113.7, ${said}, 10.0.0.2`)).toEqual({
      address: '10.0.0.2',
      unreadable: true,
    });
  },
);

it('believes only trusted proxies, and uses the nearest address if a proxy names none', () => {
  expect(from('203.0.113.7', '198.51.100.1')).toEqual({ address: '203.0.113.7', unreadable: false });
  expect(from('10.0.0.1')).toEqual({ address: '10.0.0.1', unreadable: false });
  expect(from('10.0.0.1', ' , ')).toEqual({ address: '10.0.0.1', unreadable: false });
  expect(from('10.0.0.1', '10.0.0.3, 10.0.0.2')).toEqual({ address: '10.0.0.3', unreadable: false });
});

it.each(['::ffff:10.0.0.0/104', '::FFFF:a00:0/104', '64:ff9b::10.0.0.0/104', '64:ff9b::a00:0/104'])(
  'a network of IPv4 that is written as %s has the same addresses in it',
  (written) => {
    const list = addressList([written]);
    if (list === null) throw new Error('not a list');
    const asked = createAskedDirectly(list);
    const isIn = (remoteAddress: string) => asked({ socket: { remoteAddress }, headers: {} });
    expect(['10.1.2.3', '::ffff:10.1.2.3', '64:ff9b::10.1.2.3'].map(isIn)).toEqual([true, true, true]);
    expect(['11.1.2.3', '::ffff:11.1.2.3', '64:ff9b::b01:203'].map(isIn)).toEqual([false, false, false]);
  },
);

it('all of IPv4 may be written as a network of IPv6, and is no other of its addresses', () => {
  const list = addressList(['64:ff9b::/96']);
  expect(['192.0.2.1', '2001:db8::1'].map((address) => list && includes(list, address))).toEqual([
    true,
    false,
  ]);
});
