import { keyText, type ObjectKey } from '../../src/core/object-key';
import type { Resource } from './discovery';
import { get } from './live';
import type { RecordAccess } from './record';

const API = 'policy.karmada.io/v1alpha1';

/** The policy that has a template's copies stay on the member clusters when the template goes, by name; undefined if none. */
export async function preservingPolicy(
  template: any,
  access: Pick<RecordAccess, 'server' | 'patience'>,
): Promise<string | undefined> {
  const { annotations = {} } = template.metadata;
  const [namespace, name, ofCluster] = [
    'propagationpolicy.karmada.io/namespace',
    'propagationpolicy.karmada.io/name',
    'clusterpropagationpolicy.karmada.io/name',
  ].map((key) => annotations[key] as string | undefined);
  const policies: (ObjectKey & { readonly resource: Resource })[] = [];
  if (name && namespace) policies.push(policyOf('PropagationPolicy', namespace, name));
  if (ofCluster) policies.push(policyOf('ClusterPropagationPolicy', '', ofCluster));
  for (const policy of policies) {
    const found = await get(access.server, { key: policy, resource: policy.resource }, access.patience);
    if ('live' in found && found.live?.spec?.preserveResourcesOnDeletion) return keyText(policy);
  }
  return undefined;
}

function policyOf(kind: string, namespace: string, name: string) {
  const plural = `${kind.slice(0, -1).toLowerCase()}ies`;
  return { apiVersion: API, kind, namespace, name, resource: { plural, namespaced: namespace !== '' } };
}
