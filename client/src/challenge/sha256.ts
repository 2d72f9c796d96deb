const rounds = new Uint32Array(64);
const initial = new Uint32Array(8);

/** The constants are the fractional parts of the roots of the first primes; computed here, they can't be mistyped. */
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) isPrime = false;
  }
  if (isPrime) {
    if (found < 8) initial[found] = (candidate ** (1 / 2) % 1) * 2 ** 32;
    rounds[found] = (candidate ** (1 / 3) % 1) * 2 ** 32;
    found++;
  }
}

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by));
const schedule = new Uint32Array(64);
const block = new Uint8Array(64);
const words = new DataView(block.buffer);

/**
 * SHA-256 of a text of up to 55 ASCII characters, its first 32 bits. The browser's own function returns a promise for each hash, and is missing on
 * a page without TLS.
 */
export function hashStart(text: string): number {
  block.fill(0);
  for (let i = 0; i < text.length; i++) block[i] = text.charCodeAt(i);
  block[text.length] = 0x80;
  words.setUint32(60, text.length * 8);
  return compress();
}

function compress(): number {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = words.getUint32(i * 4);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = initial as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[i] as number) + (w[i] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return ((initial[0] as number) + a) >>> 0;
}
