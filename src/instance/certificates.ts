import { memberKubeconfig } from './components/karmada-scheduler-estimator';
import {
  apiServerUrl,
  type ControlPlane,
  ETCD_PEER,
  etcdMembers,
  has,
  KARMADA_SYSTEM,
  type StatelessName,
} from './control-plane';
import { metadata, type Part, WAVES } from './part';

/** The Secret of the authority that Karmada's API is trusted by; its certificate is the CA bundle on Karmada. */
export const KARMADA_CA = 'karmada-ca';
const FRONT_PROXY_CA = 'karmada-front-proxy-ca';
const ETCD_CA = 'karmada-etcd-ca';
const ESTIMATOR_CA = 'karmada-estimator-ca';

/** Ten years: an authority is replaced by hand, never by running out. */
const AUTHORITY_DAYS = 3650;

/** The Secret of the keys that service account tokens are signed with. */
export const SERVICE_ACCOUNT_KEY = 'karmada-service-account-key';

/** The user that people and the applier are. Karmada's access rules for `clusters/proxy` name it. */
export const ADMIN_USER = 'system:admin';

/** Every group that may do everything. */
const MASTERS = ['system:masters'];

/** Their certificate is read for each connection; whom they trust is read when they start. */
const TRUST_AT_START = { readAtStart: ['ca.crt'] };

/** Karmada reads what it speaks gRPC with when it starts. */
const ALL_AT_START = { readAtStart: ['ca.crt', 'tls.crt'] };

/** The components that are clients of the Karmada API server. */
const CLIENTS: readonly StatelessName[] = [
  'karmada-aggregated-apiserver',
  'karmada-kube-controller-manager',
  'karmada-controller-manager',
  'karmada-scheduler',
  'karmada-webhook',
  'karmada-descheduler',
  'karmada-search',
  'karmada-metrics-adapter',
];

/** Those that the API server passes requests on to, beside the one that every control plane has. */
const AGGREGATED = ['karmada-search', 'karmada-metrics-adapter'] as const;

/** Those that store something of their own. */
const STORING = ['karmada-apiserver', 'karmada-aggregated-apiserver', 'karmada-search'] as const;

/** Those that ask the estimators. */
const ESTIMATING = ['karmada-scheduler', 'karmada-descheduler'] as const;

/** What is to be issued, as data: names, subjects, uses and lifetimes. The keys are made when it is applied. */
export function pkiPlan(plane: ControlPlane): any {
  const lifetimeDays = plane.certificateLifetimeDays;
  const certificate = (secret: string, commonName: string, usages: string[], more: any = {}) => ({
    secret,
    authority: KARMADA_CA,
    commonName,
    organizations: [],
    usages,
    dnsNames: [],
    ipAddresses: [],
    ...more,
    lifetimeDays,
  });
  const karmada = (name: string) => `system:karmada:${name}`;
  const isThere = (name: StatelessName) => has(plane, name);
  const estimated = plane.estimatedClusters.length > 0;
  const { _dnsNames: dnsNames, _ipAddresses: ipAddresses } = plane.exposure;
  return {
    schema: '1',
    instance: plane.instanceName,
    namespace: plane.namespace,
    authorities: [
      { secret: KARMADA_CA, commonName: 'karmada', lifetimeDays: AUTHORITY_DAYS },
      // never the authority of clients: whoever has a certificate of its name from there could pass for anyone
      { secret: FRONT_PROXY_CA, commonName: 'front-proxy-ca', lifetimeDays: AUTHORITY_DAYS },
      // nor etcd's: etcd lets in whoever has any certificate of it
      { secret: ETCD_CA, commonName: 'karmada-etcd-ca', lifetimeDays: AUTHORITY_DAYS },
      // nor the estimators': they answer whoever has any certificate of it
      ...(estimated ? [{ secret: ESTIMATOR_CA, commonName: ESTIMATOR_CA, lifetimeDays: AUTHORITY_DAYS }] : []),
    ],
    certificates: [
      certificate('karmada-apiserver-cert', karmada('karmada-apiserver'), ['server'], {
        dnsNames: unique([...apiServerNames(plane), ...dnsNames]),
        // the second is the first address of the service range, which is what the API server calls itself by
        ipAddresses: unique(['127.0.0.1', '10.96.0.1', ...ipAddresses]),
      }),
      certificate('karmada-apiserver-front-proxy-client-cert', 'front-proxy-client', ['client'], {
        authority: FRONT_PROXY_CA,
      }),
      certificate(
        'karmada-aggregated-apiserver-cert',
        karmada('karmada-aggregated-apiserver'),
        ['server'],
        // the API server verifies the name that the Service has on Karmada, whatever it connects to
        onLoopback(bothNamespaces(plane, 'karmada-aggregated-apiserver')),
      ),
      ...AGGREGATED.filter(isThere).map((name) =>
        certificate(`${name}-cert`, karmada(name), ['server'], onLoopback(bothNamespaces(plane, name))),
      ),
      certificate(
        'karmada-webhook-cert',
        karmada('karmada-webhook'),
        ['server'],
        onLoopback(unique([...serviceNames(plane, 'karmada-webhook'), `karmada-webhook.${KARMADA_SYSTEM}.svc`])),
      ),
      certificate('etcd-cert', karmada('etcd-server'), ['server', 'client'], {
        // also a client: etcd's own gateway connects to it with this certificate
        authority: ETCD_CA,
        ...TRUST_AT_START,
        ...onLoopback(['etcd-client', 'etcd', '*.etcd'].flatMap((name) => serviceNames(plane, name))),
      }),
      certificate('etcd-peer-cert', ETCD_PEER, ['server', 'client'], {
        authority: ETCD_CA,
        ...TRUST_AT_START,
        // the members by name, too: a wildcard is checked through reverse DNS, which not every host has
        ...onLoopback([...serviceNames(plane, '*.etcd'), ...etcdMembers(plane)]),
      }),
      ...[...STORING.filter(isThere), ...(plane.backup ? ['etcd'] : [])].map((name) =>
        certificate(`${name}-etcd-client-cert`, karmada(`${name}-etcd-client`), ['client'], {
          authority: ETCD_CA,
          ...TRUST_AT_START,
        }),
      ),
      ...CLIENTS.filter(isThere).map((name) =>
        certificate(`${name}-client-cert`, clientName(name), ['client'], {
          organizations: hasRoles(name) ? [] : MASTERS,
          ...TRUST_AT_START,
        }),
      ),
      ...(estimated ? estimatorCertificates(plane, certificate) : []),
    ],
    keyPairs: [{ secret: SERVICE_ACCOUNT_KEY, privateKey: 'sa.key', publicKey: 'sa.pub' }],
    kubeconfigs: [
      {
        secret: 'karmada-admin-kubeconfig',
        key: 'kubeconfig',
        server: apiServerUrl(plane),
        authority: KARMADA_CA,
        commonName: ADMIN_USER,
        organizations: MASTERS,
        lifetimeDays,
      },
    ],
    // not issued: `member join` brings them from the members
    ...(estimated && {
      memberKubeconfigs: plane.estimatedClusters.map((cluster) => ({ cluster, ...memberKubeconfig(cluster) })),
    }),
  };
}

function estimatorCertificates(plane: ControlPlane, certificate: any): any[] {
  const { namespace } = plane;
  return [
    certificate('karmada-scheduler-estimator-cert', 'system:karmada:karmada-scheduler-estimator', ['server'], {
      authority: ESTIMATOR_CA,
      ...ALL_AT_START,
      // one for all, which no new member changes; Karmada dials the name in cluster.local first, whatever the host's domain is
      ...onLoopback(unique([...serviceNames(plane, '*'), `*.${namespace}.svc.cluster.local`])),
    }),
    ...ESTIMATING.filter((name) => has(plane, name)).map((name) =>
      certificate(`${name}-scheduler-estimator-client-cert`, `system:karmada:${name}-grpc`, ['client'], {
        authority: ESTIMATOR_CA,
        ...ALL_AT_START,
      }),
    ),
  ];
}

/** The plan as an object: the applier finds it by its name. */
export function pkiPlanPart(plane: ControlPlane): Part {
  return {
    id: 'PkiPlan',
    wave: WAVES.foundation,
    manifest: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(plane, `${plane.instanceName}-pki-plan`, 'karmada'),
      data: { 'plan.json': onePerLine(pkiPlan(plane)) },
    },
  };
}

/** JSON with one line for each thing to issue, which is how a change of one reads best. */
function onePerLine(plan: any): string {
  const fields = Object.entries(plan).map(([name, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** Kubernetes brings roles for it and for each of its controllers; for Karmada's own components there are none. */
function hasRoles(component: StatelessName): boolean {
  return component === 'karmada-kube-controller-manager';
}

/** Where Services of an instance are. */
type Place = Pick<ControlPlane, 'namespace' | 'clusterDomain'>;

function clientName(component: StatelessName): string {
  return hasRoles(component) ? 'system:kube-controller-manager' : `system:karmada:${component}`;
}

/** What the API server is called inside the host cluster. */
export function apiServerNames(plane: Place): string[] {
  return [
    ...serviceNames(plane, 'karmada-apiserver'),
    `karmada-apiserver.${plane.namespace}`,
    'karmada-apiserver',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${plane.clusterDomain}`,
    'localhost',
  ];
}

function serviceNames(plane: Place, service: string, namespace = plane.namespace): string[] {
  return [`${service}.${namespace}.svc`, `${service}.${namespace}.svc.${plane.clusterDomain}`];
}

function bothNamespaces(plane: ControlPlane, service: string): string[] {
  return unique([...serviceNames(plane, service, KARMADA_SYSTEM), ...serviceNames(plane, service)]);
}

function onLoopback(dnsNames: string[]): any {
  return { dnsNames: [...dnsNames, 'localhost'], ipAddresses: ['127.0.0.1'] };
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
