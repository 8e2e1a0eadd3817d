import type { Permission, Permissions } from './permission';
import type { Plane } from './plan';

/** Who is given the roles. */
export interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

export interface RolesRequest {
  readonly permissions: Permissions;
  /** What the roles are called. */
  readonly name: string;
  /** Namespaces that are not there yet: roles inside them need them first. */
  readonly missing: readonly { readonly plane: Plane; readonly name: string }[];
  /** @default - nobody: roles only */
  readonly subject?: Subject;
}

const API_VERSION = 'rbac.authorization.k8s.io/v1';
/** By this label kubectl picks those of one server. */
export const TARGET_LABEL = 'cdk8s-karmada.io/target';

/** Manifests that give the permissions, and no more: one role for each namespace, one for the whole cluster. */
export function rolesOf(request: RolesRequest): any[] {
  const { permissions, name, missing } = request;
  const namespaces = missing.map((each) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: each.name, labels: { [TARGET_LABEL]: each.plane } },
  }));
  const watching = permissions.watching.filter((each) => !permissions.needed.some((other) => isSame(each, other)));
  return [
    ...namespaces,
    ...roles(permissions.needed, name, request.subject),
    ...roles(watching, `${name}:watching`, request.subject),
  ];
}

function roles(permissions: readonly Permission[], name: string, subject: Subject | undefined): any[] {
  return [...grouped(permissions, ({ plane, namespace }) => `${plane}|${namespace}`).values()].flatMap((group) => {
    const [{ plane, namespace }] = group;
    const kind = namespace ? 'Role' : 'ClusterRole';
    const metadata = { name, ...(namespace ? { namespace } : {}), labels: { [TARGET_LABEL]: plane } };
    const role = { apiVersion: API_VERSION, kind, metadata, rules: rulesOf(group) };
    if (!subject) return [role];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name };
    return [
      role,
      { apiVersion: API_VERSION, kind: `${kind}Binding`, metadata, roleRef, subjects: [subjectOf(subject)] },
    ];
  });
}

function subjectOf(subject: Subject) {
  return subject.kind === 'ServiceAccount' ? subject : { ...subject, apiGroup: 'rbac.authorization.k8s.io' };
}

/** Kinds of a group with the same verbs are one rule. */
function rulesOf(permissions: readonly Permission[]): any[] {
  const kinds = grouped(permissions, ({ group, resource, name = '' }) => `${group}|${resource}|${name}`);
  const alike = grouped([...kinds.values()], (kind) => {
    const [{ group, name = '', resource }] = kind;
    return [group, name && resource, name, ...kind.map(({ verb }) => verb)].join('|');
  });
  return [...alike.values()].map((all) => {
    const [[{ group, name }]] = all;
    const resources = all.map(([{ resource }]) => resource);
    const verbs = all[0].map(({ verb }) => verb);
    return { apiGroups: [group], resources, ...(name ? { resourceNames: [name] } : {}), verbs };
  });
}

function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return groups;
}

function isSame(one: Permission, other: Permission): boolean {
  const fields = ['plane', 'group', 'resource', 'namespace', 'verb', 'name'] as const;
  return fields.every((field) => one[field] === other[field]);
}
