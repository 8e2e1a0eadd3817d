import { COMPONENTS, FLAGS, GATES } from '../../src/admission/control-plane-flags';
import type { Document } from '../plan/document';

const KNOWN_GATES = ['AllAlpha', 'AllBeta', ...Object.keys(GATES)];

/**
 * How an instance in the input sets up its control plane, in the words of `--assume`: what the command lines of its
 * components say about admission and placement. Those that are none of that are passed over.
 */
export function assumptionsOf(host: readonly Document[]): string[] {
  const containers = host.flatMap(({ manifest }) => manifest.spec?.template?.spec?.containers ?? []);
  return containers.flatMap((container: any) => {
    const words: string[] = [...(container.command ?? []), ...(container.args ?? [])];
    const component = COMPONENTS.find((name) => words[0]?.split('/').pop() === `karmada-${name}`);
    return component ? words.flatMap((word) => assumption(component, word)) : [];
  });
}

function assumption(component: string, word: string): string[] {
  const [, flag, value = 'true'] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (flag === 'feature-gates') {
    const known = value.split(',').filter((pair) => KNOWN_GATES.includes(pair.split('=')[0].trim()));
    return known.length ? [`${component}.${flag}=${known.join(',')}`] : [];
  }
  return FLAGS[flag]?.components.includes(component) ? [`${component}.${flag}=${value}`] : [];
}
