/** A comment on GitHub holds 65,536 characters. */
const MOST = 65_000;
/** Kept for the line that says what was left out. */
const RESERVE = 1_500;

/** A part of a page: items that are shown as long as there is room. */
export interface Section<Item> {
  /** Its heading; the items stand alone without one. */
  readonly title?: string;
  /** The items, as the line that says how many were left out calls them. */
  readonly what: string;
  /** How much of the room that is left it may take, from 0 to 1. */
  readonly share: number;
  /** Opened by a click. */
  readonly folded?: boolean;
  /** Markdown before the first item. */
  readonly head?: string;
  readonly items: readonly Item[];
  /** An item as Markdown; asked only while there is room. */
  readonly show: (item: Item) => string;
}

/** Markdown that is never too long for a comment: what has no room is left out, and counted. */
export class MarkdownPage {
  private readonly parts: string[];
  private readonly leftOut: string[] = [];
  private room: number;

  constructor(head: string) {
    this.parts = [head];
    this.room = MOST - RESERVE - head.length;
  }

  /** A part with nothing in it is not shown. */
  public add<Item>({ title, what, share, folded, head = '', items, show }: Section<Item>): void {
    if (!items.length) return;
    const before = title === undefined ? '' : folded ? `<details><summary>${title}</summary>\n\n` : `#### ${title}\n\n`;
    const after = title !== undefined && folded ? '\n</details>\n' : '';
    let room = this.room * share - `\n${before}${head}${after}`.length;
    const shown: string[] = [];
    for (const item of items) {
      const text = show(item);
      room -= text.length;
      if (room < 0) break;
      shown.push(text);
    }
    if (shown.length < items.length) this.leftOut.push(`${items.length - shown.length} of ${items.length} ${what}`);
    if (!shown.length) return;
    const part = `\n${before}${head}${shown.join('')}${after}`;
    this.parts.push(part);
    this.room -= part.length;
  }

  /**
   * The page.
   *
   * @param whole where the reader finds what was left out
   */
  public text(whole: string): string {
    if (!this.leftOut.length) return this.parts.join('');
    const line = `Left out, since a comment holds no more: ${this.leftOut.join('; ')}. ${whole}`;
    return `${this.parts.join('')}\n${line}\n`;
  }
}
