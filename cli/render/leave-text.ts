import { keyText, type ObjectKey } from '../../src/core/object-key';
import { visible } from './error-text';
import type { Paint } from './paint';
import { count, firsts } from './words';

/** The end of a membership before anything of it is done. */
export interface ShownLeave {
  readonly name: string;
  readonly mode?: string;
  /** The Cluster is there still. */
  readonly isThere: boolean;
  readonly alone: readonly string[];
  readonly deleted: readonly string[];
  readonly preserved: readonly string[];
  readonly leaving: readonly { readonly on: string; readonly key: ObjectKey }[];
  readonly warnings: readonly string[];
}

const MOST = 20;

/** What goes, what stays, and what has no other place. */
export function leaveText(leave: ShownLeave, paint: Paint): string {
  const { name, mode, isThere, alone, deleted, preserved, leaving, warnings } = leave;
  const lines = [
    paint.bold(`Take ${name} out${mode ? `, which is in ${mode.toLowerCase()} mode` : ''}`),
    ...(deleted.length
      ? [paint.red(`  Karmada deletes from ${name}: ${count(deleted.length, 'object')}: ${firsts(deleted, MOST)}`)]
      : []),
    ...(preserved.length ? [`  what its policies preserve stays there: ${firsts(preserved, MOST)}`] : []),
    ...(alone.length
      ? [
          paint.red(`  on no other member: ${firsts(alone, MOST)}`),
          '  (Karmada moves what its policy lets run elsewhere)',
        ]
      : []),
    ...(isThere ? [paint.red(`  - karmada: Cluster/${name}`)] : []),
    ...leaving.map(({ on, key }) => paint.red(`  - ${on}: ${keyText(key)}`)),
    ...warnings.map((warning) => `${paint.yellow('warning:')} ${warning}`),
  ];
  return visible(`${lines.join('\n')}\n`);
}
