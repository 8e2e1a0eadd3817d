import { KARMADA_CA } from '../certificates';
import type { ControlPlane } from '../control-plane';
import { type Part, WAVES } from '../part';
import type { PullMode } from '../pull-mode';
import { injectCa } from './authority';

const RBAC = 'rbac.authorization.k8s.io';
/** The group of those who hold a bootstrap token: pkg/karmadactl/util/bootstraptoken at v1.18.2. */
const TOKEN_HOLDERS = 'system:bootstrappers:karmada:default-cluster-token';
/** The group of all agents. */
const AGENTS = 'system:karmada:agents';
const SIGNING_REQUESTS = 'certificatesigningrequests';

/**
 * What agents of pull-mode members find on Karmada. Mirrors artifacts of karmadactl (pkg/karmadactl/cmdinit/bootstraptoken at
 * v1.18.2), without its user who may do everything.
 */
export function pullMembers({ pullMode }: ControlPlane): Part[] {
  return [
    // whatever way it was joined: else it is lost when its certificate ends
    ...granted('AgentRenewal', 'system:karmada:agent-autoapprove-certificate-rotation', AGENTS, {
      role: 'system:karmada:certificatesigningrequest:selfautoapprover',
      resource: `${SIGNING_REQUESTS}/selfclusteragent`,
      verbs: ['create'],
    }),
    ...(pullMode ? bootstrap(pullMode) : []),
  ];
}

function bootstrap(pullMode: PullMode): Part[] {
  return [
    clusterInfo(pullMode._server),
    ...(pullMode._way !== 'joined'
      ? [
          ...anonymousReading(),
          // of what system:node-bootstrapper may, which karmadactl gives, the part that is needed
          ...granted('AgentBootstrap', 'system:karmada:agent-bootstrap', TOKEN_HOLDERS, {
            role: 'system:karmada:agent-bootstrap',
            resource: SIGNING_REQUESTS,
            verbs: ['create', 'get'],
          }),
        ]
      : []),
    ...(pullMode._way === 'autoApproved'
      ? granted('AgentApproval', 'system:karmada:agent-autoapprove-bootstrap', TOKEN_HOLDERS, {
          role: 'system:karmada:certificatesigningrequest:autoapprover',
          resource: `${SIGNING_REQUESTS}/clusteragent`,
          verbs: ['create'],
        })
      : []),
  ];
}

/**
 * Where members find Karmada. The key `kubeconfig`, which holds the certificate of the authority besides, is filled in when it is
 * applied; the signer of bootstrap tokens adds keys of its own.
 */
function clusterInfo(server: string): Part {
  return part('ClusterInfo', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-info', namespace: 'kube-public', annotations: injectCa(KARMADA_CA) },
    data: { server: server.replace(/\/$/, '') },
  });
}

function anonymousReading(): Part[] {
  const metadata = { name: 'system:karmada:bootstrap-signer-clusterinfo', namespace: 'kube-public' };
  const rules = [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'], verbs: ['get'] }];
  return [
    part('ClusterInfoReader', { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules }),
    part('ClusterInfoReaders', {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name },
      subjects: [{ apiGroup: RBAC, kind: 'User', name: 'system:anonymous' }],
    }),
  ];
}

/** Something that a group may do, all over Karmada. */
function granted(
  id: string,
  name: string,
  group: string,
  { role, resource, verbs }: { readonly role: string; readonly resource: string; readonly verbs: readonly string[] },
): Part[] {
  return [
    part(`${id}Role`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: role },
      rules: [{ apiGroups: ['certificates.k8s.io'], resources: [resource], verbs }],
    }),
    part(`${id}Binding`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: group }],
    }),
  ];
}

function part(id: string, manifest: any): Part {
  return { id, wave: WAVES.kinds, manifest };
}
