const LOCATION = ['provider', 'region', 'resourceModels'];

function taintKey({ key, effect }: any): string {
  return `${key}:${effect}`;
}

/**
 * A cluster without what code that said `before` of it does not say any more: server-side apply takes back the fields that
 * its manager owned. What others set stays.
 */
export function released(cluster: any, before: any, after: any): any {
  if (!before || !after) return cluster;
  const gone = new Set(Object.keys(before.metadata.labels ?? {}));
  for (const key of Object.keys(after.metadata.labels ?? {})) gone.delete(key);
  const labels = Object.entries(cluster.metadata.labels ?? {}).filter(([key]) => !gone.has(key));
  const spec = { ...cluster.spec };
  for (const field of LOCATION)
    if (before.spec?.[field] !== undefined && after.spec?.[field] === undefined) delete spec[field];
  const names = (of: any) => of.spec?.zones !== undefined || of.spec?.zone !== undefined;
  if (names(before) && !names(after)) {
    delete spec.zone;
    delete spec.zones;
  }
  const lifted = new Set((before.spec?.taints ?? []).map(taintKey));
  for (const taint of after.spec?.taints ?? []) lifted.delete(taintKey(taint));
  if (spec.taints) spec.taints = spec.taints.filter((taint: any) => !lifted.has(taintKey(taint)));
  return { ...cluster, metadata: { ...cluster.metadata, labels: Object.fromEntries(labels) }, spec };
}
