import { JOINED } from '../core/private/keys';
import type { Assumptions } from './assumptions';
import { validateMetadata } from './metadata';
import { clusterNameFault } from './names';
import type { Refusals } from './refusals';
import { defaultModels, standardizeModels } from './resource-models';
import { isObject } from './schema/schema-keys';
import { validateCluster } from './validate/cluster';
import { clusterSpec } from './wire/cluster';

const FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/**
 * One creation of a Cluster, which Karmada's aggregated API server serves by code of its own: no CRD, no webhook
 * (pkg/registry/cluster/strategy.go at v1.18.2). A NoExecute taint gets the time of its creation there, which no one knows
 * here: it is left as written.
 *
 * @returns the object as stored, or undefined when it is refused
 */
export function admitCluster(manifest: any, metadata: any, assumptions: Assumptions, refusals: Refusals): any {
  for (const field of Object.keys(manifest)) if (!FIELDS.includes(field)) refusals.unknownField(field, FIELDS);
  const spec = clusterSpec.decode(asJoined(manifest), 'spec', refusals);
  if (refusals.any) return undefined;
  if (assumptions.gate('aggregated-apiserver', 'CustomizedClusterResourceModeling')) {
    if (spec.resourceModels?.length) standardizeModels(spec.resourceModels);
    else spec.resourceModels = defaultModels();
  }
  validateMetadata(metadata, clusterNameFault, refusals);
  validateCluster(spec, refusals);
  if (refusals.any) return undefined;
  if (spec.zone !== '' && !spec.zones?.length) {
    spec.zones = [spec.zone];
    spec.zone = '';
  }
  return { apiVersion: manifest.apiVersion, kind: manifest.kind, spec: clusterSpec.encode(spec) };
}

/** A part of a Cluster that others joined: what it does not say is there already. */
function asJoined({ metadata, spec }: any): any {
  const given = spec ?? {};
  const isPart = metadata?.annotations?.[JOINED] === 'true' && isObject(given) && given.syncMode === undefined;
  return isPart ? { ...given, syncMode: 'Push' } : given;
}
