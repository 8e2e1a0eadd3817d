/** Chance that is the same for the same seed (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  public number(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True so many times in a hundred. */
  public chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  public one<T>(...choices: readonly T[]): T {
    return choices[this.number(0, choices.length - 1)];
  }

  /** What `make` makes, or nothing. */
  public maybe<T>(make: () => T): T | undefined {
    return this.chance(50) ? make() : undefined;
  }

  public list<T>(from: number, to: number, make: () => T): T[] {
    return Array.from({ length: this.number(from, to) }, make);
  }

  public map(most: number, key: () => string, value: () => string): { [key: string]: string } {
    return Object.fromEntries(this.list(0, most, () => [key(), value()]));
  }
}
