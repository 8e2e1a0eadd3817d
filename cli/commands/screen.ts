import { clearLine, clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import stringWidth from 'string-width';
import { fitted } from '../render/fit';
import type { Output } from './context';

/** Lines that fit into so many columns and rows. */
export type Draw = (size: { readonly width: number; readonly height: number }) => readonly string[];

/** Ten times a second. */
const PAINT_MS = 100;
/** Of a terminal that does not say. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * The lower end of a terminal, painted over and over; what is told above it stays. The cursor is never hidden and no mode
 * of the terminal is changed, so however the process ends there is nothing to be put back.
 */
export class Screen {
  private timer?: NodeJS.Timeout;
  /** What is on the terminal now, below what stays. */
  private frame: readonly string[] = [];
  private columns = 0;
  /** What has to be told above, and was not yet. */
  private news = '';

  constructor(
    private readonly output: Output,
    private readonly draw: Draw,
  ) {}

  begin(): void {
    this.timer ??= setInterval(() => this.paint(), PAINT_MS);
  }

  /** Text that stays, in whole lines. */
  tell(text: string): void {
    const lines = fitted(text, this.output.columns);
    if (this.timer) this.news += lines;
    else this.output.write(lines);
  }

  /** Takes the frame away; what was told stays. */
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.replace([]);
  }

  private paint(): void {
    const { columns = COLUMNS, rows = ROWS } = this.output;
    // a line that ends in the last column is half-way to the next one, and the cursor needs a row of its own
    this.replace(this.draw({ width: columns - 1, height: rows - 1 }));
  }

  /** All in one write: what is cleared is painted again before anybody sees it. */
  private replace(lines: readonly string[]): void {
    const { columns = COLUMNS, rows = ROWS } = this.output;
    const isSame = columns === this.columns && lines.join('\n') === this.frame.join('\n');
    if (isSame && !this.news) return;
    const text = new Collected();
    cursorTo(text.stream, 0);
    moveCursor(text.stream, 0, -Math.min(rows - 1, this.rowsNow(columns)));
    if (this.news) clearScreenDown(text.stream);
    text.add(this.news);
    for (const line of lines) {
      clearLine(text.stream, 0);
      text.add(`${line}\n`);
    }
    clearScreenDown(text.stream);
    this.output.write(text.all);
    this.news = '';
    this.frame = lines;
    this.columns = columns;
  }

  /** Rows that the frame takes: a terminal that became narrower has wrapped its lines. */
  private rowsNow(columns: number): number {
    if (columns >= this.columns) return this.frame.length;
    return this.frame.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
  }
}

/** Keeps what is written, for one write of it all. */
class Collected {
  all = '';

  readonly stream = {
    write: (text: string) => {
      this.add(text);
      return true;
    },
  } as unknown as NodeJS.WritableStream;

  add(text: string): void {
    this.all += text;
  }
}
