import { AS_OF } from '../../src/core/private/keys';
import { clusterFacts } from '../../src/preview/private/cluster';
import { type Nanos, quantityText } from '../../src/preview/private/quantity';
import { free } from '../../src/preview/private/resource-summary';

/** A member cluster as `fleet show` shows it; the names are those of its JSON. */
export interface ShownCluster {
  readonly name: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly provider: string;
  /** `True`, `False` or `Unknown`, as the cluster's condition says; null when it has none. */
  readonly ready: string | null;
  /** As `kubectl taint` writes them. */
  readonly taints: readonly string[];
  /** What is left, as quantities; null where the cluster does not tell. */
  readonly free: { readonly cpu: string | null; readonly memory: string | null; readonly pods: string | null };
  /** How many resource models it has; capacity is counted by them when there are some. */
  readonly models: number;
  readonly kubernetesVersion: string | null;
}

/** A fleet as it is shown. */
export interface FleetView {
  /** When it was read; null when the file does not say. Of several times the oldest. */
  readonly asOf: string | null;
  readonly clusters: readonly ShownCluster[];
}

export function fleetView(manifests: readonly any[]): FleetView {
  const times = manifests.map(({ metadata }) => metadata.annotations?.[AS_OF] as string | undefined);
  const known = times.filter((time) => time !== undefined).sort();
  const clusters = manifests.map(shown).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { asOf: known[0] ?? null, clusters };
}

function shown(cluster: any): ShownCluster {
  const { name, region, zones, provider, taints, summary, models } = clusterFacts(cluster, true);
  const ready = cluster.status?.conditions?.find((each: any) => each.type === 'Ready');
  const left = (resource: string) => amount(summary && free(summary, resource));
  return {
    ...{ name, region, zones, provider },
    ready: ready?.status ?? null,
    taints: taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    free: { cpu: left('cpu'), memory: left('memory'), pods: left('pods') },
    models: models.length,
    kubernetesVersion: cluster.status?.kubernetesVersion ?? null,
  };
}

function amount(left: Nanos | undefined): string | null {
  return left === undefined ? null : quantityText(left);
}
