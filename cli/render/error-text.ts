import type { Trouble } from '../../src/core/private/trouble';
import { troubleText } from '../../src/core/private/trouble';
import type { Paint } from './paint';

/** Troubles as a person reads them, each as one paragraph. */
export function errorText(troubles: readonly Trouble[], paint: Paint): string {
  return troubles.map((trouble) => `${paint.red('error:')} ${visible(troubleText(trouble))}\n`).join('');
}

/** Without the control characters by which foreign text could steer a terminal; the colours of ours stay. */
export function visible(text: string): string {
  return text.replace(CONTROL, (found) =>
    found.length > 1 ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /\u001b\[(?:1|2|22|31|32|33|39)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
