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
