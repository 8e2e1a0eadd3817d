import type { Trouble } from '../../core/private/trouble';
import type { ClusterTaint } from '../cluster-taint';

/** Mirrors pkg/util/lifted/validateclustertaints.go at v1.18.2: one taint for each key and effect. */
export function taintsTwice(taints: readonly ClusterTaint[]): Trouble[] {
  const identities = taints.map(({ _identity }) => _identity);
  return [...new Set(identities.filter((identity, index) => identities.indexOf(identity) !== index))].map(
    (identity) => ({
      what: `two taints have one key and effect, "${identity}"`,
      fix: 'give one of them; a cluster holds one value for each key and effect',
    }),
  );
}
