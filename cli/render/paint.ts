import picocolors from 'picocolors';

/** Colours that are plain text when colour is not wanted. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
}

/** Where text is written, as far as colour is concerned. */
export interface Surface {
  readonly isTTY: boolean;
  readonly env: { readonly [name: string]: string | undefined };
  /** The user said `--no-color`. */
  readonly plain: boolean;
}

/** NO_COLOR (any value) wins over FORCE_COLOR (any value but 0), and both over what the stream is. */
export function wantsColour(surface: Surface): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = surface.env;
  if (surface.plain || NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return surface.isTTY && TERM !== 'dumb';
}

export function paint(colour: boolean): Paint {
  return picocolors.createColors(colour);
}
