/** How long lines are gathered: short enough for eyes. */
const GATHER_MS = 100;

/**
 * Writes at once, and gathers what follows closely into one write: each write to a pipe waits for its reader, which for a
 * thousand lines was a sixth of the whole run.
 */
export class Gathered {
  private pending = '';
  private timer?: NodeJS.Timeout;

  constructor(private readonly write: (text: string) => void) {}

  add(text: string): void {
    this.pending += text;
    if (!this.timer) this.begin();
  }

  /** Nothing is held back after it. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.release();
  }

  private begin(): void {
    this.release();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.pending) this.begin();
    }, GATHER_MS).unref();
  }

  private release(): void {
    const text = this.pending;
    this.pending = '';
    if (text) this.write(text);
  }
}
