import type { Input } from '../chart-input';

/** The Cluster of that name in the code; undefined when there is none, or no code at hand. */
export function clusterInCode(input: Input | undefined, name: string): any {
  const objects = (input?.all ?? []).flatMap((chart) => chart.objects);
  return objects.find(({ plane, key }) => plane === 'karmada' && key.kind === 'Cluster' && key.name === name)?.manifest;
}

/** Namespace on the host of the scheduler estimator that the code has for a member; undefined when it has none. */
export function estimatorNamespace(input: Input | undefined, name: string): string | undefined {
  const objects = (input?.all ?? []).flatMap((chart) => chart.objects);
  return objects.find(
    ({ plane, key }) =>
      plane === 'host' && key.kind === 'Deployment' && key.name === `karmada-scheduler-estimator-${name}`,
  )?.key.namespace;
}
