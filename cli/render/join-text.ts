import { keyOf, keyText } from '../../src/core/object-key';
import { visible } from './error-text';
import type { Paint } from './paint';
import { count } from './words';

/** An object that a join, or its end, is about. */
export interface ShownStep {
  readonly on: string;
  readonly manifest: any;
  readonly outcome: 'unchanged' | 'created' | 'changed';
}

/** A join before anything of it is written. */
export interface ShownJoin {
  readonly name: string;
  readonly mode: string;
  readonly id: string;
  readonly version?: string;
  readonly way: string;
  readonly due?: string;
  readonly steps: readonly ShownStep[];
  readonly warnings: readonly string[];
  /** The servers: what they are called, and where they are. */
  readonly servers: readonly { readonly on: string; readonly name?: string; readonly url: string }[];
}

const MARKS = { created: '+', changed: '~', unchanged: '=' };

/** What is written where, the two or three servers it is written to, and what a person should know before. */
export function joinText(join: ShownJoin, paint: Paint): string {
  const { name, mode, id, version, way, due, steps, warnings, servers } = join;
  const lines = [
    paint.bold(`Join ${name} in ${mode.toLowerCase()} mode`),
    ...servers.map(({ on, name: called, url }) => `  ${on.padEnd(7)}  ${[called, url].filter(Boolean).join('   ')}`),
    `  id       ${id}${version ? `, Kubernetes ${version}` : ''}`,
    `  ${way}`,
    '',
    ...stepLines(steps, due ? [paint.green(`  + ${due}`)] : [], paint),
    ...warnings.map((warning) => `${paint.yellow('warning:')} ${warning}`),
  ];
  return visible(`${lines.join('\n')}\n`);
}

/**
 * What changes, line by line, and how much does not.
 *
 * @param more what changes besides
 */
export function stepLines(steps: readonly ShownStep[], more: readonly string[], paint: Paint): string[] {
  const changed = steps.filter(({ outcome }) => outcome !== 'unchanged');
  const there = steps.length - changed.length;
  return [
    ...changed.map((step) => stepLine(step, paint)),
    ...more,
    ...(there ? [`  = ${count(there, 'object')} as ${there === 1 ? 'it has' : 'they have'} to be`] : []),
  ];
}

export function stepLine({ on, manifest, outcome }: ShownStep, paint: Paint): string {
  const text = `  ${MARKS[outcome]} ${on}: ${keyText(keyOf(manifest))}`;
  if (outcome === 'created') return paint.green(text);
  return outcome === 'changed' ? paint.yellow(text) : text;
}
