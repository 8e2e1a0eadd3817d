import stringWidth from 'string-width';
import { visible } from '../error-text';
import type { Paint } from '../paint';

/** A piece of a line, in one colour. */
export interface Piece {
  readonly text: string;
  readonly colour?: keyof Paint;
}

/** A line as it is built, before it is cut to the terminal. */
export type Line = readonly Piece[];

/** Columns that a line takes on a terminal. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + stringWidth(text), 0);
}

/** A line in which nothing steers the terminal: foreign text does not choose its colours either. */
export function inert(line: Line): Line {
  return line.map((piece) => ({ ...piece, text: visible(piece.text.replaceAll('\u001b', '\\u001b')) }));
}

/** The line, cut where the terminal ends: a line that wraps could not be painted over. */
export function cut(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line;
  let left = width - 1; // for the mark that says that it was cut
  const pieces: Piece[] = [];
  for (const piece of line) {
    const text = firstColumns(piece.text, left);
    pieces.push({ ...piece, text });
    if (text !== piece.text) break;
    left -= stringWidth(text);
  }
  return width > 0 ? [...pieces, { text: '…' }] : [];
}

/** A text, cut or filled up with spaces to be so wide. */
export function cell(text: string, width: number): string {
  const [head, mark] = cut([{ text }], width);
  const shown = `${head?.text ?? ''}${mark?.text ?? ''}`;
  return shown + ' '.repeat(Math.max(0, width - stringWidth(shown)));
}

/** The line as it is written. */
export function painted(line: Line, paint: Paint): string {
  const text = line
    .map((piece) => (piece.colour && piece.text ? paint[piece.colour](piece.text) : piece.text))
    .join('');
  return text.trimEnd();
}

function firstColumns(text: string, width: number): string {
  let shown = '';
  let left = width;
  for (const character of text) {
    left -= stringWidth(character);
    if (left < 0) break;
    shown += character;
  }
  return shown;
}
