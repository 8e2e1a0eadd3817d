import { groupOf, type ObjectKey } from '../../src/core/object-key';
import type { DesiredObject } from '../plan/chart-input';
import { create, refused, type Verdict } from '../plan/verdict';
import type { Discovery, Resource } from './discovery';
import type { Kinds } from './kinds';

/** An object of the code, and how its server calls it. */
export interface Addressed {
  readonly object: DesiredObject;
  readonly key: ObjectKey;
  readonly resource?: Resource;
  readonly served: boolean;
  readonly verdict?: Verdict;
}

/** How an object is addressed, or why it is not. */
export function addressOf(object: DesiredObject, kinds: Kinds, discovery: Discovery): Addressed {
  const { apiVersion, kind, namespace } = object.key;
  const available = kinds.find(object, discovery);
  if (available.state === 'aggregated') {
    const verdict = create('not checked: its API is registered in this plan');
    return { object, key: object.key, served: false, verdict };
  }
  if (available.state === 'unknown') {
    if (discovery.isStale(groupOf(apiVersion))) {
      const message = `the API server behind ${apiVersion} does not answer ${object.plane} now`;
      return { object, key: object.key, served: false, verdict: refused({ reason: 'unknown-kind', message }) };
    }
    const others = discovery.versionsOf(groupOf(apiVersion), kind);
    const instead = others.length ? `; it serves ${others.join(', ')}` : '';
    const message = `${object.plane} does not serve ${kind} of ${apiVersion}${instead}`;
    return { object, key: object.key, served: false, verdict: refused({ reason: 'unknown-kind', message }) };
  }
  const { resource } = available;
  const key = resource.namespaced ? object.key : { ...object.key, namespace: '' };
  if (resource.namespaced && namespace === '') {
    const verdict = refused({ reason: 'invalid', message: `a ${kind} needs a metadata.namespace` });
    return { object, key, resource, served: false, verdict };
  }
  const verdict = available.state === 'defined' ? create('not checked: its CRD is created in this plan') : undefined;
  return { object, key, resource, served: available.state === 'served', verdict };
}

/** A kind of the cluster has no namespace, whatever the chart's default says. */
export function sentAs(manifest: any, resource: Resource | undefined): any {
  if (!resource || resource.namespaced || manifest.metadata.namespace === undefined) return manifest;
  const { namespace: _, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}
