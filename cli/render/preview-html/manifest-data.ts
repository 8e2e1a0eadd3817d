import type { PreviewedResource } from '../preview-report';
import { Dictionary } from './dictionary';
import type { Room } from './limits';
import { masked } from './masked';
import { NAMESPACE, PLACE } from './own-marks';
import type { PageManifests, Patch } from './page-data';
import { patchOf } from './patch';

/** The manifests of a resource as what differs from its template; nothing when there is no room for them. */
export function manifestsData(
  resource: PreviewedResource,
  template: any,
  positions: ReadonlyMap<string, number>,
  room: Room,
): PageManifests | undefined {
  if (resource.outcomes.every(({ rendered }) => !Object.keys(rendered).length)) return undefined;
  const from = masked(template);
  const patches = new Dictionary<Patch>();
  const outcomes = resource.outcomes.map(({ rendered }) =>
    Object.entries(rendered).flatMap(([cluster, [manifest]]) => {
      const position = positions.get(cluster);
      if (position === undefined) return [];
      return [position, patches.place(patchOf(from, everywhere(masked(manifest, template), cluster)))];
    }),
  );
  const manifests = { template: from, patches: patches.items, outcomes };
  return room.take(JSON.stringify(manifests).length) ? manifests : undefined;
}

/** The manifest without the cluster's name, by which otherwise no two were the same. */
function everywhere(manifest: any, cluster: string): any {
  const { annotations } = manifest.metadata;
  if (annotations?.[NAMESPACE] !== PLACE.replace('*', cluster)) return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...annotations, [NAMESPACE]: PLACE } } };
}
