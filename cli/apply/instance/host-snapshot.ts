import { groupOf, keyOf, type ObjectKey } from '../../../src/core/object-key';
import { APPLY_SET_ID } from '../../../src/core/private/keys';
import { type DesiredObject, type Input, PART_OF } from '../../plan/chart-input';
import type { Seen } from '../../plan/instance/doctor/check';
import type { HostSnapshot, TakenName, WantedInstance } from '../../plan/instance/doctor/host-snapshot';
import { type AddressedObject, type Permission, permissionsOf } from '../../plan/permission';
import type { ApiResponse, ApiServer } from '../api-server';
import { inWindow } from '../attempt';
import { Discovery, objectPath, type Resource } from '../discovery';
import { lackingPermissions } from '../permissions';
import { hostedInstances } from './hosted-instances';
import { Onlooker } from './onlooker';

/** What a host is looked at for. */
export interface HostRequest {
  readonly host: ApiServer;
  /** Milliseconds since 1970. */
  now(): number;
  /** @default - the host is looked at for itself */
  readonly input?: Input;
  readonly signal?: AbortSignal;
}

const WINDOW = 16;
const DEFAULT_NAMESPACE = 'karmada-system';

/** What every instance is made of, for a host that no code is about yet. */
const USUAL: readonly (readonly [apiVersion: string, kind: string, plural: string])[] = [
  ['v1', 'ConfigMap', 'configmaps'],
  ['v1', 'Service', 'services'],
  ['v1', 'ServiceAccount', 'serviceaccounts'],
  ['apps/v1', 'Deployment', 'deployments'],
  ['apps/v1', 'StatefulSet', 'statefulsets'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'],
];

/** Looks at a host before an installation. Writes nothing. */
export async function hostSnapshot({ host, now, input, signal }: HostRequest): Promise<HostSnapshot> {
  const onlooker = new Onlooker(host, now, signal);
  // who cannot be reached at all is no finding
  const answered = await onlooker.ask({ method: 'GET', path: '/version' });
  const desired = input?.all.filter(({ plane }) => plane === 'host').flatMap(({ objects }) => objects) ?? [];
  const wanted = wantedInstance(input, desired);
  const inside = `/api/v1/namespaces/${wanted?.namespace ?? DEFAULT_NAMESPACE}`;
  const discovery = onlooker.told('say what it serves', async () => ({
    seen: await Discovery.read(onlooker.bounded(), onlooker.patience),
  }));
  const [served, nodes, pods, storageClasses, volumes, storageCapacities, priorityClasses] = await Promise.all([
    servedBy(onlooker),
    onlooker.list('/api/v1/nodes'),
    onlooker.list('/api/v1/pods'),
    onlooker.list('/apis/storage.k8s.io/v1/storageclasses'),
    onlooker.list('/api/v1/persistentvolumes'),
    onlooker.list('/apis/storage.k8s.io/v1/csistoragecapacities'),
    onlooker.list('/apis/scheduling.k8s.io/v1/priorityclasses'),
  ]);
  const [namespace, quotas, limitRanges, clock, lacking, taken] = await Promise.all([
    onlooker.get(inside),
    onlooker.list(`${inside}/resourcequotas`),
    onlooker.list(`${inside}/limitranges`),
    onlooker.clock(),
    discovery.then((found) => lackingOn(onlooker, found, input, desired)),
    discovery.then((found) => takenOn(onlooker, found, input, desired)),
  ]);
  return {
    version: versionIn(answered),
    served,
    nodes,
    pods,
    storageClasses,
    volumes,
    storageCapacities,
    priorityClasses,
    namespace,
    quotas,
    limitRanges,
    clock,
    lacking,
    taken,
    ...(wanted ? { wanted } : {}),
  };
}

function wantedInstance(input: Input | undefined, desired: readonly DesiredObject[]): WantedInstance | undefined {
  const chart = input?.all.find(({ plane }) => plane === 'host');
  if (!input || !chart) return undefined;
  return {
    name: input.instance,
    namespace: chart.parent.key.namespace,
    objects: desired.map(({ manifest }) => manifest),
  };
}

function versionIn({ status, body }: ApiResponse): Seen<string> {
  if (status === 200 && body?.gitVersion) return { seen: String(body.gitVersion) };
  return { unseen: `the host does not tell its version: it answered ${status}` };
}

async function servedBy(onlooker: Onlooker): Promise<Seen<readonly string[]>> {
  const found = await onlooker.get('/apis');
  if (!('seen' in found)) return found;
  const groups: readonly any[] = found.seen?.groups ?? [];
  return { seen: ['v1', ...groups.flatMap(({ versions }) => versions.map((each: any) => each.groupVersion))] };
}

function lackingOn(
  onlooker: Onlooker,
  discovery: Seen<Discovery>,
  input: Input | undefined,
  desired: readonly DesiredObject[],
): Promise<Seen<readonly Permission[]>> {
  const parents = (input?.all ?? []).filter(({ plane }) => plane === 'host').map(({ parent }) => parent.key);
  const objects = input ? ('seen' in discovery ? addressed(desired, discovery.seen) : []) : usual();
  const home: ObjectKey = { apiVersion: 'v1', kind: 'ConfigMap', namespace: DEFAULT_NAMESPACE, name: '' };
  const homes = input ? parents : [home];
  return onlooker.told('say what these credentials may do', async () => {
    const { needed } = permissionsOf({
      objects,
      parents: homes.map((key) => ({ plane: 'host', key })),
      leaving: [],
      issuedIn: [...new Set(homes.map(({ namespace }) => namespace))],
    });
    return { seen: await lackingPermissions(onlooker.bounded(), needed, WINDOW, onlooker.patience) };
  });
}

function addressed(desired: readonly DesiredObject[], discovery: Discovery): AddressedObject[] {
  return desired.flatMap(({ plane, key, manifest, shared }) => {
    const resource = discovery.find(key.apiVersion, key.kind);
    const placed = resource?.namespaced ? key : { ...key, namespace: '' };
    return resource ? [{ plane, key: placed, plural: resource.plural, manifest, shared }] : [];
  });
}

function usual(): AddressedObject[] {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: DEFAULT_NAMESPACE };
  return [
    { plane: 'host', key: namespace, plural: 'namespaces', manifest: undefined },
    ...USUAL.map(([apiVersion, kind, plural]): AddressedObject => {
      const key = { apiVersion, kind, namespace: DEFAULT_NAMESPACE, name: '' };
      return { plane: 'host', key, plural, manifest: undefined };
    }),
  ];
}

/** What is there under the names of the instance, and is not of it. */
async function takenOn(
  onlooker: Onlooker,
  discovery: Seen<Discovery>,
  input: Input | undefined,
  desired: readonly DesiredObject[],
): Promise<Seen<readonly TakenName[]>> {
  if (!('seen' in discovery)) return discovery;
  const own = new Set((input?.all ?? []).map(({ parent }) => parent.id));
  const taken: TakenName[] = [];
  let unseen: Seen<never> | undefined;
  const home = input?.all.find(({ plane }) => plane === 'host')?.parent.key.namespace;
  const instances = await onlooker.told('name its instances', async () => ({
    seen: await hostedInstances(onlooker.bounded(), onlooker.patience),
  }));
  if (!('seen' in instances)) return instances;
  for (const each of input ? instances.seen : []) {
    const { instanceName, namespace, record, chart, parent } = each;
    const isOther = !own.has(parent.metadata.labels?.[APPLY_SET_ID]);
    if (!isOther || (instanceName !== input?.instance && namespace !== home)) continue;
    taken.push({ key: record, by: `instance "${instanceName}" of the chart ${chart}`, inSet: true });
  }
  await inWindow(WINDOW, desired, async ({ key, shared }) => {
    const resource = discovery.seen.find(key.apiVersion, key.kind);
    if (!resource || shared) return;
    const found = await onlooker.get(objectPath(key, resource as Resource));
    if ('seen' in found) taken.push(...(found.seen ? takenBy(found.seen, own) : []));
    else unseen = found;
  });
  return unseen ?? { seen: taken };
}

function takenBy(live: any, own: ReadonlySet<string>): TakenName[] {
  const set: string | undefined = live.metadata.labels?.[PART_OF];
  if (set !== undefined && own.has(set)) return [];
  const key = keyOf(live);
  // a namespace may be made for the instance before it
  if (set === undefined && key.kind === 'Namespace' && groupOf(key.apiVersion) === '') return [];
  const managers: string[] = (live.metadata.managedFields ?? []).map(({ manager }: any) => manager);
  const by = set === undefined ? [...new Set(managers)].join(', ') || 'somebody' : `the set ${set}`;
  return [{ key, by, inSet: set !== undefined }];
}
