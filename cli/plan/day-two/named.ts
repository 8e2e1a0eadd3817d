import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../command-error';

/** An object as a person names it: `Kind[.group]/namespace/name`. */
export interface Named {
  readonly kind: string;
  /** Left out where the kind alone says which. */
  readonly group?: string;
  /** Empty for a kind without namespaces. */
  readonly namespace: string;
  readonly name: string;
}

/** Reads names; throws with all that are none. */
export function parseNames(texts: readonly string[]): Named[] {
  const wrong: Trouble[] = texts
    .filter((text) => !/^[^/]+(\/[^/]+){1,2}$/.test(text))
    .map((text) => ({
      what: `"${text}" does not name an object`,
      fix: 'write Kind/namespace/name, such as Deployment/shop/web; Kind/name for a kind without namespaces',
    }));
  if (wrong.length) throw new CommandError(ExitCode.USAGE, wrong);
  return texts.map((text) => {
    const [full, ...rest] = text.split('/');
    const name = rest.pop() as string;
    const dot = full.indexOf('.');
    const [kind, group] = dot < 0 ? [full] : [full.slice(0, dot), full.slice(dot + 1)];
    return { kind, ...(group === undefined ? {} : { group }), namespace: rest[0] ?? '', name };
  });
}
