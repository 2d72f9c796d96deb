import { InvalidArgumentError } from 'commander';

/** Reads an option's value: a whole number within bounds. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`A whole number from ${min} to ${max} is needed.`);
    }
    return value;
  };
}

/** Reads an option's value: the address of a shop, of which the origin counts. */
export function origin(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('An address like http://127.0.0.1:3000 is needed.');
  }
  return new URL(text).origin;
}
