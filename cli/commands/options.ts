import { fitted } from '../render/fit';
import { wantsColour } from '../render/paint';
import type { Context, Output } from './context';

/** Options that every command has. */
export interface GlobalOptions {
  readonly output: string;
  /** False for `--no-color`. */
  readonly color: boolean;
}

/** Is text for this stream to be coloured? */
export function coloured(stream: Output, { color }: Pick<GlobalOptions, 'color'>, context: Context): boolean {
  return wantsColour({ isTTY: stream.isTTY, env: context.env, plain: !color });
}

/** Writes text that a terminal would otherwise break in the middle of a word. */
export function writeFitted(stream: Output, text: string): void {
  stream.write(fitted(text, stream.isTTY ? stream.columns : undefined));
}
