import { SignJWT } from 'jose';
import type { Random } from '../crowd/random.ts';
import type { Defence } from './defences.ts';

/** Somebody who wants a unit. */
export interface Person {
  customerId: string;
  token: string;
  isBot: boolean;
  /** As a proxy would say it. */
  address: string;
  /** After the opening, ms. */
  pressesAtMs: number;
}

const hour = 3600;
/** The network's script presses with the first messages; a person sees the page change, and presses. */
const botSpreadMs = 20;
const reactionMsMin = 250;
const reactionMsTypical = 600;

/** The network's own part of the world, and one where no two people share a /24. */
const botAddress = (i: number, addresses: number) => `203.0.113.${1 + (i % addresses)}`;
const personAddress = (i: number) => `${11 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.7`;

export async function gatherPeople(
  { bots, honest, secret, random }: { bots: number; honest: number; secret: string; random: Random },
  defence: Defence,
): Promise<Person[]> {
  const key = new TextEncoder().encode(secret);
  const nowS = Math.floor(Date.now() / 1000);
  const sign = (customerId: string, createdAtS: number) =>
    new SignJWT({ role: 'customer', created_at: createdAtS })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(customerId)
      .setExpirationTime(nowS + hour)
      .sign(key);
  const people: Person[] = [];
  for (let i = 0; i < bots; i++) {
    const customerId = `bot-${i}`;
    // Young: signed after the announcement, which is made before this is called.
    const createdAtS = defence.accounts === 'young' ? nowS + 1 : nowS - 1_000 * hour;
    people.push({
      customerId,
      token: await sign(customerId, createdAtS),
      isBot: true,
      address: botAddress(i, defence.addresses),
      pressesAtMs: random() * botSpreadMs,
    });
  }
  for (let i = 0; i < honest; i++) {
    const customerId = `person-${i}`;
    people.push({
      customerId,
      token: await sign(customerId, nowS - 1_000 * hour),
      isBot: false,
      address: personAddress(i),
      // Most within a second, some much later: exponential, as waiting times of people are.
      pressesAtMs: reactionMsMin - reactionMsTypical * Math.log(1 - random()),
    });
  }
  return people;
}
