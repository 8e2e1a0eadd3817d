import { keyText, type ObjectKey } from '../../src/core/object-key';
import { bindingName } from '../plan/readiness/binding-name';
import type { Resource } from './discovery';
import { get } from './live';
import type { RecordAccess } from './record';

const POLICY = 'policy.karmada.io/v1alpha1';
const WORK = 'work.karmada.io/v1alpha2';

/** The copies of a template on the member clusters, and what becomes of them when it goes. */
export interface Copies {
  /** Where they are, sorted; none when that cannot be read. */
  readonly clusters: readonly string[];
  /** What has them stay; undefined when Karmada deletes them. */
  readonly keeper?: string;
}

type Access = Pick<RecordAccess, 'server' | 'patience'>;

/** Looks at the binding of a template and at its policy. */
export async function copiesOf(template: ObjectKey, live: any, access: Access): Promise<Copies> {
  const binding = bindingOf(template);
  const { spec } = (await read(binding, access)) ?? {};
  const clusters = (spec?.clusters ?? []).map(({ name }: any) => name as string).sort();
  // what the policy says now Karmada takes over into the binding, which keeps it when the policy goes
  const keeper =
    (await keepingPolicy(live, access)) ?? (spec?.preserveResourcesOnDeletion ? keyText(binding) : undefined);
  return { clusters, ...(keeper ? { keeper } : {}) };
}

/** The policy that has the copies stay, by name. */
async function keepingPolicy(live: any, access: Access): Promise<string | undefined> {
  const { annotations = {} } = live.metadata;
  const [namespace, name, ofCluster] = [
    'propagationpolicy.karmada.io/namespace',
    'propagationpolicy.karmada.io/name',
    'clusterpropagationpolicy.karmada.io/name',
  ].map((key) => annotations[key] as string | undefined);
  const policies = [
    ...(name && namespace ? [keyOf(POLICY, 'PropagationPolicy', namespace, name)] : []),
    ...(ofCluster ? [keyOf(POLICY, 'ClusterPropagationPolicy', '', ofCluster)] : []),
  ];
  for (const policy of policies) {
    if ((await read(policy, access))?.spec?.preserveResourcesOnDeletion) return keyText(policy);
  }
  return undefined;
}

function bindingOf(template: ObjectKey): ObjectKey {
  const { namespace } = template;
  const kind = namespace === '' ? 'ClusterResourceBinding' : 'ResourceBinding';
  return keyOf(WORK, kind, namespace, bindingName(template));
}

function keyOf(apiVersion: string, kind: string, namespace: string, name: string): ObjectKey {
  return { apiVersion, kind, namespace, name };
}

async function read(key: ObjectKey, { server, patience }: Access): Promise<any> {
  const plural = key.kind.toLowerCase().replace(/y?$/, (end) => (end ? 'ies' : 's'));
  const resource: Resource = { plural, namespaced: key.namespace !== '' };
  const found = await get(server, { key, resource }, patience);
  return 'live' in found ? found.live : undefined;
}
