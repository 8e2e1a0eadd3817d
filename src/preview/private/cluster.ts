import type { ClusterTraits } from '../../core/private/cluster-affinity';

/** What a preview reads of a Cluster object, in the shape that the scheduler's stages ask for. */
export interface ClusterFacts extends ClusterTraits {
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /** `<apiVersion> <kind>` of what the cluster serves; undefined when nobody has asked it yet. */
  readonly apis?: ReadonlySet<string>;
  readonly deleting: boolean;
  /** Karmada's agent reports from inside the cluster. */
  readonly pull: boolean;
  /** `status.conditions`. */
  readonly conditions: readonly any[];
  /** `status.resourceSummary`. */
  readonly summary?: any;
  /** `spec.resourceModels`. */
  readonly models: readonly any[];
}

/** Key of {@link ClusterFacts.apis}. */
export function apiKey(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

/** The facts of a Cluster object; `seen` is false for one that Karmada has not joined yet. */
export function clusterFacts(cluster: any, seen: boolean): ClusterFacts {
  const spec = cluster.spec ?? {};
  const apis = new Set<string>();
  for (const enablement of cluster.status?.apiEnablements ?? []) {
    for (const resource of enablement.resources ?? []) apis.add(apiKey(enablement.groupVersion, resource.kind));
  }
  return {
    name: cluster.metadata.name,
    labels: cluster.metadata.labels ?? {},
    provider: spec.provider ?? '',
    region: spec.region ?? '',
    zones: spec.zones ?? (spec.zone ? [spec.zone] : []),
    taints: spec.taints ?? [],
    apis: seen ? apis : undefined,
    deleting: cluster.metadata.deletionTimestamp !== undefined,
    pull: spec.syncMode === 'Pull',
    conditions: cluster.status?.conditions ?? [],
    summary: cluster.status?.resourceSummary,
    models: spec.resourceModels ?? [],
  };
}
