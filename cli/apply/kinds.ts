import { groupOf } from '../../src/core/object-key';
import type { DesiredObject } from '../plan/chart-input';
import { isDefinition } from '../plan/edges';
import type { Plane } from '../plan/plan';
import type { Discovery, Resource } from './discovery';

/** How a kind can be had: served now, or only once something of this run is there. */
export type Availability =
  | { readonly state: 'served'; readonly resource: Resource }
  /** Its definition is in this run. */
  | { readonly state: 'defined'; readonly resource: Resource }
  /** An aggregated API server that this run registers will serve it. */
  | { readonly state: 'aggregated' }
  | { readonly state: 'unknown' };

/** What the objects of a run add to the kinds of a server. */
export class Kinds {
  private readonly defined = new Map<string, Resource>();
  private readonly aggregated = new Set<string>();

  constructor(
    objects: readonly DesiredObject[],
    readonly plane: Plane,
  ) {
    for (const { manifest, key } of objects.filter((object) => object.plane === plane)) {
      const { spec } = manifest;
      if (isDefinition({ key })) {
        const resource = { plural: spec?.names?.plural, namespaced: spec?.scope === 'Namespaced' };
        for (const version of spec?.versions ?? []) {
          const hasStatus = version.subresources?.status !== undefined;
          if (version.served)
            this.defined.set(`${spec.group}/${version.name} ${spec.names?.kind}`, { ...resource, hasStatus });
        }
      }
      if (key.kind === 'APIService' && groupOf(key.apiVersion) === 'apiregistration.k8s.io') {
        this.aggregated.add(`${spec?.group}/${spec?.version}`);
      }
    }
  }

  find(object: DesiredObject, discovery: Discovery | undefined): Availability {
    const { apiVersion, kind } = object.key;
    const served = discovery?.find(apiVersion, kind);
    if (served) return { state: 'served', resource: served };
    const defined = this.defined.get(`${apiVersion} ${kind}`);
    if (defined) return { state: 'defined', resource: defined };
    return { state: this.aggregated.has(apiVersion) ? 'aggregated' : 'unknown' };
  }
}
