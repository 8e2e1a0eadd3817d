import type { LocalControlPlane } from './control-plane';
import { ask, type Identity } from './door';

type Headers = { readonly [name: string]: string };

/** The ways into a control plane; each says who came in, or `refused`. */
export const DOORS = {
  async karmada(plane: LocalControlPlane, identity: Identity, headers?: Headers): Promise<string> {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const { status, body } = await ask(plane.url, identity, { path, body: {}, headers });
    if (status === 403) return 'system:anonymous in system:unauthenticated'; // nobody may ask who he is
    if (status !== 201) return 'refused';
    const { username, groups = [] } = body.status.userInfo;
    return `${username} in ${groups.filter((group: string) => group !== 'system:authenticated').join(', ')}`;
  },
  async etcd(plane: LocalControlPlane, identity: Identity): Promise<string> {
    const body = { key: Buffer.from('/registry').toString('base64'), keys_only: true, limit: 1 };
    const { status } = await ask(plane.member(0, 2379), identity, { path: '/v3/kv/range', body });
    return status === 200 ? 'in' : 'refused';
  },
  async peers(plane: LocalControlPlane, identity: Identity): Promise<string> {
    const { status } = await ask(plane.member(0, 2380), identity, { path: '/members' });
    return status === 200 ? 'in' : 'refused';
  },
};

/** May the holder do this on Karmada, `verb resource group`? */
export async function may(plane: LocalControlPlane, identity: Identity, attributes: string): Promise<boolean> {
  const [verb, resource, group = ''] = attributes.split(' ');
  const { status, body } = await ask(plane.url, identity, {
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { spec: { resourceAttributes: { verb, resource, group } } },
  });
  if (status !== 201) throw new Error(`${attributes}: ${JSON.stringify(body)}`);
  return body.status.allowed;
}

/** What a certificate is good for. */
export interface Rights {
  /** The doors that it opens, and who comes in. */
  readonly opens: { readonly [door in keyof typeof DOORS]?: string };
  /** `verb resource group`, and whether it is allowed on Karmada. */
  readonly may?: readonly (readonly [string, boolean])[];
}

const nothing: Rights = { opens: {} };
const etcdClient: Rights = { opens: { etcd: 'in' } };

/** A component of Karmada, which handles objects of every kind: `karmadactl init` gives it the same. */
function component(name: string): Rights {
  return { opens: { karmada: `system:karmada:${name} in system:masters` }, may: [['* * *', true]] };
}

/** Every certificate of a plan, by the Secret that it is in. */
export const RIGHTS: { readonly [secret: string]: Rights } = {
  // those of servers are not for clients
  'karmada-apiserver-cert': nothing,
  'karmada-aggregated-apiserver-cert': nothing,
  'karmada-metrics-adapter-cert': nothing,
  'karmada-scheduler-estimator-cert': nothing,
  'karmada-search-cert': nothing,
  'karmada-webhook-cert': nothing,
  // by itself it is nobody: it only says for whom a request is
  'karmada-apiserver-front-proxy-client-cert': nothing,
  // for estimators only
  'karmada-descheduler-scheduler-estimator-client-cert': nothing,
  'karmada-scheduler-scheduler-estimator-client-cert': nothing,
  // a member's own gateway is a client of it
  'etcd-cert': etcdClient,
  // etcd lets in whoever has a certificate of its authority; a member has the data anyway
  'etcd-peer-cert': { opens: { etcd: 'in', peers: 'in' } },
  'etcd-etcd-client-cert': etcdClient,
  'karmada-apiserver-etcd-client-cert': etcdClient,
  'karmada-aggregated-apiserver-etcd-client-cert': etcdClient,
  'karmada-search-etcd-client-cert': etcdClient,
  'karmada-aggregated-apiserver-client-cert': component('karmada-aggregated-apiserver'),
  'karmada-controller-manager-client-cert': component('karmada-controller-manager'),
  'karmada-descheduler-client-cert': component('karmada-descheduler'),
  'karmada-metrics-adapter-client-cert': component('karmada-metrics-adapter'),
  'karmada-scheduler-client-cert': component('karmada-scheduler'),
  'karmada-search-client-cert': component('karmada-search'),
  'karmada-webhook-client-cert': component('karmada-webhook'),
  // Kubernetes has roles for it, and one for each of its controllers: it needs no more
  'karmada-kube-controller-manager-client-cert': {
    opens: { karmada: 'system:kube-controller-manager in ' },
    may: [
      ['create tokenreviews authentication.k8s.io', true],
      ['list propagationpolicies policy.karmada.io', true],
      ['* * *', false],
      ['create propagationpolicies policy.karmada.io', false],
      ['delete namespaces', false],
      ['create clusterrolebindings rbac.authorization.k8s.io', false],
      ['impersonate users', false],
    ],
  },
};
