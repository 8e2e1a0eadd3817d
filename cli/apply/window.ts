import { pause } from './attempt';

const FIRST = 8;
const GROWS_AFTER = 16;
/** Answers that take this many times longer than at best say that more at a time would only wait longer. */
const SLOWER = 2;

/** How an answer came. */
export type Came = 'well' | 'not';

/**
 * How many requests are on their way to a server at a time: a few more while it answers as quickly as ever, half as many
 * when it is too busy.
 */
export class Window {
  private size = FIRST;
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  /** How long the last answers took. */
  private took: number[] = [];
  private best = Number.POSITIVE_INFINITY;
  /** What was sent before this says nothing about the size that it has now. */
  private halvedAt = Number.NEGATIVE_INFINITY;

  /** Until then the server wants to be left alone. */
  private restsUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly largest: number) {
    this.size = Math.min(FIRST, largest);
  }

  /** Requests at a time. */
  get limit(): number {
    return this.size;
  }

  /** Nothing is begun for so long. */
  rest(ms: number): void {
    this.restsUntil = Math.max(this.restsUntil, performance.now() + ms);
  }

  /** Does the work when there is room for it. */
  async run<T>(work: () => Promise<T>, came: (answer: T | undefined) => Came): Promise<T> {
    if (this.inFlight >= this.size) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.inFlight++;
    let start = performance.now();
    let answer: T | undefined;
    try {
      for (; start < this.restsUntil; start = performance.now()) await pause(this.restsUntil - start);
      answer = await work();
      return answer;
    } finally {
      this.learn(came(answer), start);
      this.leave();
    }
  }

  private learn(came: Came, start: number): void {
    const now = performance.now();
    if (came === 'not') {
      if (start < this.halvedAt) return;
      this.size = Math.max(1, Math.floor(this.size / 2));
      this.halvedAt = now;
      this.took = [];
      return;
    }
    this.took.push(now - start);
    if (this.took.length < GROWS_AFTER) return;
    const middle = this.took.sort((a, b) => a - b)[GROWS_AFTER / 2];
    this.took = [];
    this.best = Math.min(this.best, middle);
    if (middle < SLOWER * this.best) this.size = Math.min(this.largest, this.size + 1);
  }

  /** Hands the place on to who waits longest, as far as there is room. */
  private leave(): void {
    this.inFlight--;
    while (this.inFlight < this.size) {
      const next = this.waiting.shift();
      if (!next) return;
      this.inFlight++;
      next();
    }
  }
}
