import { groupOf, type ObjectKey } from '../../src/core/object-key';
import type { Plane } from './plan';
import { isHeavy } from './protection';

/** A permission on an API server, in the words of its RBAC. */
export interface Permission {
  readonly plane: Plane;
  readonly group: string;
  /** Plural. */
  readonly resource: string;
  /** Empty: of the whole cluster. */
  readonly namespace: string;
  readonly verb: string;
  /** Only for the object of this name. @default - for all of them */
  readonly name?: string;
}

/** An object of a run, and how its server calls its kind. */
export interface AddressedObject {
  readonly plane: Plane;
  readonly key: ObjectKey;
  readonly plural: string;
  readonly manifest: any;
  /** Applied when missing, and otherwise nobody's business. */
  readonly shared?: boolean;
}

/** What a set is made of, as far as permissions are concerned. */
export interface PermissionRequest {
  readonly objects: readonly AddressedObject[];
  /** The records of the charts. */
  readonly parents: readonly { readonly plane: Plane; readonly key: ObjectKey }[];
  /** What left the code. */
  readonly leaving: readonly AddressedObject[];
  /** Namespaces on the host with Secrets that are issued. */
  readonly issuedIn: readonly string[];
}

/** What an apply cannot do without, and what it needs to see how what it wrote is doing. */
export interface Permissions {
  readonly needed: readonly Permission[];
  readonly watching: readonly Permission[];
}

/** From this many objects of a kind in a namespace on, they are listed. */
const LIST_FROM = 3;
const RBAC = 'rbac.authorization.k8s.io';

/** The permissions that applying a set takes, each once, sorted. */
export function permissionsOf({ objects, parents, leaving, issuedIn }: PermissionRequest): Permissions {
  const collections = new Map<string, number>();
  for (const each of [...objects, ...leaving])
    collections.set(collectionOf(each), (collections.get(collectionOf(each)) ?? 0) + 1);
  const isListed = (each: AddressedObject) => (collections.get(collectionOf(each)) ?? 0) >= LIST_FROM;
  const needed = [
    ...objects.flatMap((each) => [
      ...on(each, 'get', 'create', 'patch', ...(isListed(each) ? ['list'] : [])),
      ...(each.shared || isHeavy(each.key) ? [] : on(each, 'delete')),
      ...granting(each),
    ]),
    ...leaving.flatMap((each) => on(each, 'get', 'delete', ...(isListed(each) ? ['list'] : []))),
    ...parents.flatMap(({ plane, key: { namespace } }) => [
      ...all({ plane, group: '', resource: 'configmaps', namespace }, 'get', 'create', 'patch'),
      ...all({ plane, group: 'coordination.k8s.io', resource: 'leases', namespace }, 'get', 'create', 'update'),
      { plane, group: '', resource: 'namespaces', namespace: '', verb: 'get', name: 'kube-system' },
    ]),
    ...issuedIn.flatMap((namespace) => [
      ...all({ plane: 'host', group: '', resource: 'secrets', namespace }, 'get', 'create', 'patch'),
      // the way to a Karmada whose name only pods know
      { plane: 'host' as const, group: '', resource: 'pods', namespace, verb: 'list' },
      ...all({ plane: 'host', group: '', resource: 'pods/portforward', namespace }, 'get', 'create'),
      // what mounts them may have to start anew
      ...['deployments', 'statefulsets'].flatMap((resource) =>
        all({ plane: 'host', group: 'apps', resource, namespace }, 'list', 'patch'),
      ),
    ]),
  ];
  return { needed: distinct(needed), watching: distinct(watching(objects)) };
}

function watching(objects: readonly AddressedObject[]): Permission[] {
  const onKarmada = objects.some(({ plane, shared }) => plane === 'karmada' && !shared);
  return [
    ...objects.flatMap((each) => [
      ...on(each, 'list', 'watch'),
      ...(each.plane === 'host' && each.key.namespace ? why(each, 'pods') : []),
      ...(each.key.namespace ? why(each, 'events') : []),
      ...(each.plane === 'karmada' && each.key.namespace
        ? all({ ...placeOf(each), group: 'work.karmada.io', resource: 'resourcebindings' }, 'list', 'watch')
        : []),
    ]),
    ...(onKarmada ? OF_KARMADA : []),
  ];
}

const KARMADA = { plane: 'karmada', namespace: '' } as const;
const OF_KARMADA = [
  ...all({ ...KARMADA, group: 'work.karmada.io', resource: 'clusterresourcebindings' }, 'list', 'watch'),
  ...all({ ...KARMADA, group: 'work.karmada.io', resource: 'works' }, 'list', 'watch'),
  ...all({ ...KARMADA, group: 'cluster.karmada.io', resource: 'clusters' }, 'list', 'watch'),
  // whether those run who carry templates to members
  {
    plane: 'karmada' as const,
    group: 'coordination.k8s.io',
    resource: 'leases',
    namespace: 'karmada-system',
    verb: 'get',
  },
];

/** Who writes a role needs what it grants, or the permission to grant it all the same; alike with bindings. */
export function granting({ plane, key, manifest }: AddressedObject): Permission[] {
  if (groupOf(key.apiVersion) !== RBAC) return [];
  const { namespace } = key;
  if (key.kind === 'Role')
    return [{ plane, group: RBAC, resource: 'roles', namespace, verb: 'escalate', name: key.name }];
  if (key.kind === 'ClusterRole')
    return [{ plane, group: RBAC, resource: 'clusterroles', namespace, verb: 'escalate', name: key.name }];
  const { kind, name } = manifest.roleRef ?? {};
  const resource = kind === 'Role' ? 'roles' : 'clusterroles';
  return name ? [{ plane, group: RBAC, resource, namespace, verb: 'bind', name }] : [];
}

function placeOf({ plane, key, plural }: AddressedObject) {
  return { plane, group: groupOf(key.apiVersion), resource: plural, namespace: key.namespace };
}

/** Permissions on the kind of an object, where it is. */
export function on(object: AddressedObject, ...verbs: string[]): Permission[] {
  return all(placeOf(object), ...verbs);
}

function why(object: AddressedObject, resource: string): Permission[] {
  return all({ ...placeOf(object), group: '', resource }, 'list');
}

function all(place: Omit<Permission, 'verb'>, ...verbs: string[]): Permission[] {
  return verbs.map((verb) => ({ ...place, verb }));
}

function collectionOf({ plane, key, plural }: AddressedObject): string {
  return [plane, groupOf(key.apiVersion), plural, key.namespace].join('|');
}

/** Each once, sorted by server, namespace and kind. */
export function distinct(permissions: readonly Permission[]): Permission[] {
  const byText = new Map(permissions.map((each) => [idOf(each), each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function idOf({ plane, namespace, group, resource, name = '', verb }: Permission): string {
  return [plane, namespace, group, resource, name, verb].join(' '); // which sorts before all that names hold
}

/** Permissions on one thing as one line, such as `create, patch deployments.apps in shop`. */
export function permissionLines(permissions: readonly Permission[]): string[] {
  const verbs = new Map<string, string[]>();
  for (const { verb, group, resource, namespace, name } of distinct(permissions)) {
    const kind = group ? `${resource}.${group}` : resource;
    const where = namespace ? ` in ${namespace}` : '';
    const what = `${kind}${name ? ` named ${name}` : ''}${where}`;
    verbs.set(what, [...(verbs.get(what) ?? []), verb]);
  }
  return [...verbs].map(([what, each]) => `${each.join(', ')} ${what}`);
}
