import type { ClusterTraits } from '../core/private/cluster-affinity';
import type { Objects } from './objects';
import { record, texts } from './read';
import type { Surroundings } from './rule';

/** The member clusters, where the code that installs the instance names them all; none where there may be others. */
export function fleetOf(objects: Objects, { installed }: Surroundings): readonly ClusterTraits[] {
  if (!installed) return [];
  return objects.ofKind('cluster.karmada.io/Cluster').map(({ metadata, spec }) => {
    const { provider = '', region = '', zone, zones } = record(spec);
    const all = [...texts(zones), ...(typeof zone === 'string' ? [zone] : [])];
    return { name: metadata.name, labels: record(metadata.labels), provider, region, zones: all };
  });
}
