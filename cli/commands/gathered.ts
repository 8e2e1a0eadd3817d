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
    if (this.timer) this.pending += text;
    else this.send(text);
  }

  /** Nothing is held back after it. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { pending } = this;
    this.pending = '';
    if (pending) this.write(pending);
  }

  private send(text: string): void {
    this.write(text);
    this.timer = setTimeout(() => {
      const { pending } = this;
      this.timer = undefined;
      this.pending = '';
      if (pending) this.send(pending);
    }, GATHER_MS).unref();
  }
}
