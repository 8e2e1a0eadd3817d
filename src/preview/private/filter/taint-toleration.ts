import { previousNames } from '../binding';
import type { FilterFactory } from './filter-plugin';

type Taint = { readonly key: string; readonly value?: string; readonly effect: string };

/** An empty key with any operator but Exists takes every key whose value is equal: that is Kubernetes' rule too. */
export function tolerates(toleration: any, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? '') {
    case '':
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    default:
      return false;
  }
}

function taintText(taint: Taint): string {
  return taint.value ? `${taint.key}=${taint.value}:${taint.effect}` : `${taint.key}:${taint.effect}`;
}

/**
 * A cluster that does not have the resource yet must have no taint NoSchedule or NoExecute that the placement does not
 * tolerate.
 *
 * Mirrors `pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go` of Karmada v1.18.2.
 */
export const taintToleration: FilterFactory = (binding) => {
  const previous = previousNames(binding);
  const tolerations: readonly any[] = binding.placement.clusterTolerations ?? [];
  return (cluster) => {
    if (previous.has(cluster.name)) return undefined;
    const taint = cluster.taints.find(
      (each) =>
        (each.effect === 'NoSchedule' || each.effect === 'NoExecute') &&
        !tolerations.some((toleration) => tolerates(toleration, each)),
    );
    return taint && `cluster(s) had untolerated taint {${taintText(taint)}}`;
  };
};
