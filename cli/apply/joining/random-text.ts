import { randomInt } from 'node:crypto';

/** Lower case letters and digits that nobody can guess: what tokens are made of, and what names may have. */
export function randomText(length: number): string {
  return Array.from({ length }, () => randomInt(36).toString(36)).join('');
}
