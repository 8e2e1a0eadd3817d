import { type Trouble, troubles } from '../core/private/trouble';

/** Who is given access, at least one name. Karmada's API server knows them from certificates or from its identity provider. */
export interface WorkspaceSubjects {
  /**
   * Names of users.
   *
   * @default - none
   */
  readonly users?: string[];

  /**
   * Names of groups.
   *
   * @default - none
   */
  readonly groups?: string[];
}

/** Names that stand for everybody or for the machinery of Kubernetes and Karmada. */
const SYSTEM = 'system:';

/**
 * What somebody may do in a workspace: one of the three roles that Kubernetes has for people, each with what the one before may.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 * @example
 * import { WorkspaceAccess } from 'cdk8s-karmada';
 *
 * WorkspaceAccess.edit({ groups: ['shop-developers'], users: ['release-robot'] });
 */
export class WorkspaceAccess {
  /**
   * Reads everything but Secrets and roles; through the proxy sends only requests that read.
   *
   * @param subjects users, groups, or both
   * @throws if there are none, one is empty, or one is Kubernetes' own
   */
  public static view(subjects: WorkspaceSubjects): WorkspaceAccess {
    return new WorkspaceAccess('view', subjects);
  }

  /**
   * Reads and writes workloads, configuration, Secrets, and Karmada's policies and overrides.
   *
   * @param subjects users, groups, or both
   * @throws if there are none, one is empty, or one is Kubernetes' own
   */
  public static edit(subjects: WorkspaceSubjects): WorkspaceAccess {
    return new WorkspaceAccess('edit', subjects);
  }

  /**
   * As `edit`, and gives others access to the namespaces.
   *
   * @param subjects users, groups, or both
   * @throws if there are none, one is empty, or one is Kubernetes' own
   */
  public static admin(subjects: WorkspaceSubjects): WorkspaceAccess {
    return new WorkspaceAccess('admin', subjects);
  }

  /**
   * Name of the ClusterRole that comes with Kubernetes.
   *
   * @internal
   */
  public readonly _role: string;

  /**
   * The subjects as RBAC lists them.
   *
   * @internal
   */
  public readonly _subjects: readonly { readonly apiGroup: string; readonly kind: string; readonly name: string }[];

  private constructor(role: string, { users = [], groups = [] }: WorkspaceSubjects) {
    const kinds: { readonly [kind: string]: readonly string[] } = { User: users, Group: groups };
    this._role = role;
    this._subjects = Object.entries(kinds).flatMap(([kind, names]) =>
      [...new Set(names)].map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name })),
    );
    const found: Trouble[] = this._subjects.flatMap(({ kind, name }) => faults(kind.toLowerCase(), name));
    if (this._subjects.length === 0) {
      found.push({ what: `WorkspaceAccess.${role} is given nobody`, fix: 'name one user or group or more' });
    }
    if (found.length > 0) throw troubles(found);
  }
}

function faults(kind: string, name: string): Trouble[] {
  if (name.trim() === '') return [{ what: `the name of a ${kind} is empty`, fix: 'give the name, or leave it out' }];
  if (!name.startsWith(SYSTEM)) return [];
  return [
    {
      what: `"${name}" is a ${kind} of Kubernetes' own, and nobody's workspace`,
      fix: 'name a user or a group of people or of your robots',
    },
  ];
}
