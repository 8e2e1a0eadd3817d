import type { ClusterFacts } from './cluster';
import { tolerates } from './filter/taint-toleration';

/**
 * The clusters that a resource has to leave because of a taint NoExecute: one that the placement it was scheduled by does not
 * tolerate at all. One that it tolerates for a time keeps it for now.
 *
 * Mirrors `pkg/controllers/cluster/taint_manager.go` and `pkg/util/helper/taint.go` of Karmada v1.18.2.
 */
export function evictions(
  clusterNames: readonly string[],
  applied: any,
  clusters: readonly ClusterFacts[],
): readonly string[] {
  if (applied === undefined) return [];
  const tolerations: readonly any[] = applied.clusterTolerations ?? [];
  const isEvicting = ({ taints }: ClusterFacts) =>
    taints
      .filter(({ effect }) => effect === 'NoExecute')
      .some((taint) => {
        const toleration = tolerations.find((each) => tolerates(each, taint));
        return !toleration || (toleration.tolerationSeconds ?? 1) <= 0;
      });
  const evicting = new Set(clusters.filter(isEvicting).map(({ name }) => name));
  return clusterNames.filter((name) => evicting.has(name));
}
