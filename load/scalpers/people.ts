import type { Random } from '../shared/random.ts';
import { signToken } from '../shared/tokens.ts';
import type { Defence } from './defences.ts';

/** A person or a bot that tries to buy a unit. */
export interface Person {
  customerId: string;
  token: string;
  isBot: boolean;
  /** As a proxy would say it. */
  address: string;
  /** After the opening, ms. */
  pressesAtMs: number;
}

const hourS = 3600;
/** The network's script knows the time to the millisecond; a person sees the page change. */
const botSpreadMs = 20;
const reactionMsMin = 250;
const reactionMsTypical = 600;

/** The network's own addresses, and those of people, of whom no two share a /24. */
const botAddress = (i: number, addresses: number) => `203.0.113.${1 + (i % addresses)}`;
const personAddress = (i: number) => `${11 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.7`;

interface Crowd {
  bots: number;
  honest: number;
  /** How long the script waits from the opening on, so as not to be too early. */
  scriptWaitsMs: number;
  secret: string;
  random: Random;
}

export async function gatherPeople(
  { bots, honest, scriptWaitsMs, secret, random }: Crowd,
  defence: Defence,
): Promise<Person[]> {
  const nowS = Math.floor(Date.now() / 1000);
  const longAgoS = nowS - 1_000 * hourS;
  const sign = (customerId: string, created_at: number) =>
    signToken(secret, customerId, 'customer', { created_at });
  const people: Person[] = [];
  for (let i = 0; i < bots; i++) {
    const customerId = `bot-${i}`;
    // Young: signed after the announcement, which is made before this is called.
    const createdAtS = defence.accounts === 'young' ? nowS + 1 : longAgoS;
    people.push({
      customerId,
      token: await sign(customerId, createdAtS),
      isBot: true,
      address: botAddress(i, defence.addresses),
      pressesAtMs: scriptWaitsMs + random() * botSpreadMs,
    });
  }
  for (let i = 0; i < honest; i++) {
    const customerId = `person-${i}`;
    people.push({
      customerId,
      token: await sign(customerId, longAgoS),
      isBot: false,
      address: personAddress(i),
      // Most within a second, some much later: exponential, as waiting times of people are.
      pressesAtMs: reactionMsMin - reactionMsTypical * Math.log(1 - random()),
    });
  }
  return people;
}
