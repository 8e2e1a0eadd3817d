import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MulticloudChart } from '../core/multicloud-chart';
import type { IMulticloudInstance } from '../core/multicloud-instance';
import { addCheck } from '../core/private/check';
import { nameTroubles } from '../core/private/cluster-names';
import { unknownClusters } from '../core/private/declared-clusters';
import { isDnsLabel, LABEL_RULE } from '../core/private/names';
import { type Trouble, troubles } from '../core/private/trouble';
import type { WorkspaceAccess } from './workspace-access';

/** Options of `Workspace`. */
export interface WorkspaceProps {
  /**
   * Name of the workspace, unique in its instance; the names of its roles begin with it.
   *
   * @default - the construct's id, in lower case
   */
  readonly workspaceName?: string;

  /** Namespaces on Karmada that belong to it, at least one. A namespace belongs to one workspace of an instance only. */
  readonly namespaces: string[];

  /**
   * Names of the member clusters that are reached through Karmada, as `karmadactl --operation-scope members` and
   * `kubectl` with the cluster's proxy address do. What may be done there is for the member's own roles to say.
   *
   * @default - none
   */
  readonly clusters?: string[];

  /** Who may do what, at least one. */
  readonly access: WorkspaceAccess[];
}

const GROUP = 'rbac.authorization.k8s.io';
const RBAC = `${GROUP}/v1`;

/** Namespaces of Karmada itself: the credentials of member clusters lie there, and what is on its way to them. */
const KARMADAS_OWN = /^(karmada-system|karmada-cluster|karmada-es-.*|cdk8s-karmada|kube-.*)$/;

/** By instance: the path of the workspace that a name or a namespace is taken by. */
const TAKEN = new WeakMap<IMulticloudInstance, Map<string, string>>();

/**
 * Gives a team its namespaces on a Karmada, and a way through Karmada to member clusters.
 *
 * In each namespace the roles `view`, `edit` and `admin` of Kubernetes are bound, which on Karmada cover policies and overrides
 * too. For the member clusters a role allows `clusters/proxy` of exactly those, and Karmada lets its own account there act as
 * those users and groups. Two things are for you to see to:
 *
 * - Karmada acts as the user with all groups that the user comes with, so each of these groups has to be given access to the
 *   member in some workspace, or the member refuses.
 * - In the member the user has the rights that the member's own roles give, none by themselves. `roleBindings` are those of the
 *   namespaces: send them out with a policy, and the same people may do the same there.
 *
 * @see https://karmada.io/docs/userguide/bestpractices/unified-auth
 * @example
 * import { ClusterSelector, MulticloudChart, Placement, PropagationPolicy, ResourceSelector, Workspace, WorkspaceAccess } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const shop = new Workspace(chart, 'shop', {
 *   namespaces: ['shop'],
 *   clusters: ['berlin', 'paris'],
 *   access: [
 *     WorkspaceAccess.edit({ groups: ['shop-developers'] }),
 *     WorkspaceAccess.view({ groups: ['support'], users: ['auditor'] }),
 *   ],
 * });
 * new PropagationPolicy(chart, 'ShopAccess', {
 *   namespace: 'shop',
 *   resources: [ResourceSelector.of(shop.roleBindings[0]), ResourceSelector.of(shop.roleBindings[1])],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin', 'paris') }),
 * });
 */
export class Workspace extends Construct {
  /** Name of the workspace. */
  public readonly workspaceName: string;

  /** The RoleBindings in its namespaces, in the order of the namespaces. */
  public readonly roleBindings: ApiObject[];

  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { instance } = MulticloudChart._around(this);
    const { namespaces, clusters = [], access } = props;
    this.workspaceName = props.workspaceName ?? id.toLowerCase();
    const found = faults(props, this.workspaceName);
    if (found.length === 0) found.push(...take(this, instance, namespaces));
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));

    const roles = subjectsByRole(access);
    this.roleBindings = namespaces.flatMap((namespace) =>
      [...roles].map(([role, subjects]) =>
        binding(this, `${namespace}-${role}`, {
          kind: 'RoleBinding',
          name: this.nameOf(role),
          namespace,
          role,
          subjects,
        }),
      ),
    );
    if (clusters.length === 0) return;
    for (const [role, subjects] of roles) {
      const name = this.nameOf(`proxy-${role}`);
      const rules = proxyRules(clusters, role);
      new ApiObject(this, `proxy-${role}-role`, { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules });
      binding(this, `proxy-${role}`, { kind: 'ClusterRoleBinding', name, role: name, subjects });
    }
    addCheck(this, () => unknownClusters(instance, clusters, () => this.node.path));
  }

  private nameOf(part: string): string {
    return `workspace-${this.workspaceName}-${part}`;
  }
}

type Subjects = WorkspaceAccess['_subjects'];

interface Bound {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Name of the ClusterRole. */
  readonly role: string;
  readonly subjects: Subjects;
}

function binding(workspace: Workspace, id: string, { kind, name, namespace, role, subjects }: Bound): ApiObject {
  return new ApiObject(workspace, id, {
    apiVersion: RBAC,
    kind,
    metadata: { name, namespace },
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
    subjects,
  });
}

/** Everybody who has a role, once. */
function subjectsByRole(access: readonly WorkspaceAccess[]): Map<string, Subjects> {
  const roles = new Map<string, Map<string, Subjects[number]>>();
  for (const { _role, _subjects } of access) {
    const all = roles.get(_role) ?? new Map();
    for (const subject of _subjects) all.set(`${subject.kind} ${subject.name}`, subject);
    roles.set(_role, all);
  }
  return new Map([...roles].map(([role, subjects]) => [role, [...subjects.values()]]));
}

/**
 * A request through the proxy has the verb of its HTTP method, so `get` lets reading through, lists and watches included. karmadactl
 * reads the cluster before it goes there (pkg/karmadactl/util/factory.go at v1.18.2).
 */
function proxyRules(clusters: readonly string[], role: string): any[] {
  const rule = { apiGroups: ['cluster.karmada.io'], resourceNames: [...clusters] };
  return [
    { ...rule, resources: ['clusters'], verbs: ['get'] },
    { ...rule, resources: ['clusters/proxy'], verbs: role === 'view' ? ['get'] : ['*'] },
  ];
}

/** What is taken already; what is not, is from now on. */
function take(workspace: Workspace, instance: IMulticloudInstance, namespaces: readonly string[]): Trouble[] {
  const taken = TAKEN.get(instance) ?? new Map<string, string>();
  TAKEN.set(instance, taken);
  const name = workspace.workspaceName;
  const wanted = [
    { word: `workspace "${name}"`, is: 'is made', fix: 'give one of the two another `workspaceName`' },
    ...namespaces.map((namespace) => ({
      word: `namespace "${namespace}"`,
      is: 'belongs to the workspace',
      fix: 'give the access to that workspace, or take the namespace out of one of the two',
    })),
  ];
  const found = wanted.flatMap(({ word, is, fix }) => {
    const other = taken.get(word);
    return other === undefined ? [] : [{ what: `${word} ${is} at ${other} already`, fix }];
  });
  if (found.length === 0) for (const { word } of wanted) taken.set(word, workspace.node.path);
  return found;
}

function faults({ namespaces, clusters = [], access }: WorkspaceProps, name: string): Trouble[] {
  const found: Trouble[] = isDnsLabel(name)
    ? []
    : [{ what: `"${name}" cannot be the name of a workspace`, fix: `use at most 63 characters: ${LABEL_RULE}` }];
  if (namespaces.length === 0) found.push({ what: 'Workspace is given no namespaces', fix: 'name one or more' });
  if (access.length === 0) {
    found.push({ what: "Workspace is given no access, so it is nobody's", fix: 'give one WorkspaceAccess or more' });
  }
  return [
    ...found,
    ...namespaces.flatMap(namespaceFaults),
    ...clusters.flatMap(nameTroubles),
    ...twice('namespace', namespaces),
    ...twice('member cluster', clusters),
  ];
}

function namespaceFaults(namespace: string): Trouble[] {
  if (!isDnsLabel(namespace)) {
    return [
      { what: `"${namespace}" cannot be the name of a namespace`, fix: `use at most 63 characters: ${LABEL_RULE}` },
    ];
  }
  if (!KARMADAS_OWN.test(namespace)) return [];
  return [
    {
      what: `namespace "${namespace}" is Karmada's or Kubernetes' own, where credentials of members lie and work on its way to them`,
      fix: 'leave it out: it is for administrators of the instance alone',
    },
  ];
}

function twice(what: string, names: readonly string[]): Trouble[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    what: `${what} "${name}" is named twice in one workspace`,
    fix: 'name it once',
  }));
}
