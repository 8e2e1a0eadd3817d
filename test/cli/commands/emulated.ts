/** What a terminal shows after what was written to it; of the escape codes those that the command writes. */
export class EmulatedTerminal {
  /** All rows from the first that was ever shown, of which the last `rows` can still be written to. */
  private readonly lines: Cell[][] = [[]];
  private row = 0;
  private column = 0;
  private style = '';
  private rest = '';

  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {}

  write(text: string): void {
    const all = this.rest + text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with one
    this.rest = /\u001b(?:\[[?\d;]*)?$/.exec(all)?.[0] ?? ''; // a code that was cut in two
    const whole = all.slice(0, all.length - this.rest.length);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with one
    for (const [token] of whole.matchAll(/\u001b\[[?\d;]*[A-Za-z]|[\s\S]/gu)) this.take(token);
  }

  /** Everything that was ever shown and not painted over, as text. */
  get text(): string {
    const lines = this.lines.map((line) =>
      Array.from(line, (cell) => cell?.text ?? ' ')
        .join('')
        .trimEnd(),
    );
    return `${lines.join('\n').trimEnd()}\n`;
  }

  /** The texts that are shown in a colour, by the code of the colour. */
  coloured(code: string): string[] {
    const runs = this.lines.flatMap((line) => {
      const marks = Array.from(line, (cell) => (cell?.style === code ? cell.text : '\n')).join('');
      return marks.split(/\n+/);
    });
    return runs.map((run) => run.trim()).filter(Boolean);
  }

  private take(token: string): void {
    if (token === '\n') {
      this.down();
    } else if (token === '\r') {
      this.column = 0;
    } else if (token.startsWith('\u001b[')) {
      this.obey(token.slice(-1), token.slice(2, -1));
    } else if (token >= ' ') {
      if (this.column >= this.columns) {
        this.down();
        this.column = 0;
      }
      this.lines[this.row][this.column++] = { text: token, style: this.style };
    } else {
      throw new Error(`not known to this terminal: ${JSON.stringify(token)}`);
    }
  }

  private down(): void {
    this.row++;
    this.lines[this.row] ??= [];
  }

  private obey(code: string, number: string): void {
    const first = Math.max(0, this.lines.length - this.rows);
    if (code === 'A') this.row = Math.max(first, this.row - Number(number || 1));
    else if (code === 'G') this.column = Number(number || 1) - 1;
    else if (code === 'K' && number === '2') this.lines[this.row] = [];
    else if (code === 'J' && (number === '' || number === '0')) {
      this.lines[this.row].length = Math.min(this.lines[this.row].length, this.column);
      this.lines.length = this.row + 1;
    } else if (code === 'm') this.style = ['0', '22', '39'].includes(number) ? '' : number;
    else throw new Error(`not known to this terminal: ESC [ ${number}${code}`);
  }
}

interface Cell {
  readonly text: string;
  readonly style: string;
}
