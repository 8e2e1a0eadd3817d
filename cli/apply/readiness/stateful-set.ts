import { unobserved } from './condition';

/** What a StatefulSet still lacks; undefined when its rollout is complete. */
export function statefulSetLacks(live: any): string | undefined {
  const late = unobserved(live);
  if (late) return late;
  const wanted: number = live.spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision } = live.status ?? {};
  if (replicas < wanted) return `${replicas} of ${wanted} replicas are made`;
  if (readyReplicas < wanted) return `${readyReplicas} of ${wanted} replicas are ready`;
  const strategy = live.spec?.updateStrategy ?? {};
  if (strategy.type === 'OnDelete') return undefined;
  const updated = wanted - (strategy.rollingUpdate?.partition ?? 0);
  if (updatedReplicas < updated && currentRevision !== updateRevision) {
    return `${updatedReplicas} of ${updated} replicas are updated`;
  }
  return undefined;
}
