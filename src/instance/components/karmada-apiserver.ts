import { SERVICE_ACCOUNT_KEY } from '../certificates';
import { API_SERVER_PORT, type ControlPlane, SERVICE_CIDR } from '../control-plane';
import { deployment, type Flags, httpProbe, service, startupProbe } from '../deployment';
import { type Part, WAVES } from '../part';
import { etcdClientFlags } from './etcd';

const PKI = '/etc/karmada/pki';
const LIVEZ = httpProbe('HTTPS', 'https', '/livez', { periodSeconds: 10, timeoutSeconds: 15, failureThreshold: 8 });

/** The API server that people, members and all other components talk to: a stock kube-apiserver. */
export function karmadaApiServer(plane: ControlPlane): Part[] {
  const name = 'karmada-apiserver';
  return [
    service(plane, name, [{ name: 'https', port: API_SERVER_PORT }]),
    ...externalService(plane),
    ...deployment(plane, WAVES.apiServer, {
      name,
      binary: 'kube-apiserver',
      flags: flags(plane),
      ports: [{ name: 'https', port: API_SERVER_PORT }],
      mounts: [
        { name: 'server-cert', path: `${PKI}/server`, secret: 'karmada-apiserver-cert' },
        { name: 'etcd-client-cert', path: `${PKI}/etcd-client`, secret: 'karmada-apiserver-etcd-client-cert' },
        {
          name: 'front-proxy-client-cert',
          path: `${PKI}/front-proxy-client`,
          secret: 'karmada-apiserver-front-proxy-client-cert',
        },
        { name: 'service-account-key', path: `${PKI}/service-account-key-pair`, secret: SERVICE_ACCOUNT_KEY },
      ],
      probes: {
        startupProbe: startupProbe(LIVEZ, 240),
        livenessProbe: LIVEZ,
        // as often as kubeadm asks its own: who waits for it waits no longer than it takes
        readinessProbe: httpProbe('HTTPS', 'https', '/readyz', {
          periodSeconds: 1,
          timeoutSeconds: 15,
          failureThreshold: 3,
        }),
      },
      // what upstream's own manifests ask for: a new pod fits beside the old one on a node of two cores
      requests: { cpu: '250m', memory: '1Gi' },
      // the binary in the image carries this capability: without it the kernel refuses to start it
      capabilities: ['NET_BIND_SERVICE'],
      entrances: [{ ports: [API_SERVER_PORT] }],
    }),
  ];
}

/** The way in from outside the host. It is a Service of its own: the one that components use never changes. */
function externalService(plane: ControlPlane): Part[] {
  const { _spec: spec, _port: port, _nodePort: nodePort, _annotations: annotations } = plane.exposure;
  if (!spec) return [];
  const part = service(plane, 'karmada-apiserver', [{ name: 'https', port, ...(nodePort && { nodePort }) }], {
    id: 'ExternalService',
    name: 'karmada-apiserver-external',
    spec,
  });
  const { metadata } = part.manifest;
  return [{ ...part, manifest: { ...part.manifest, metadata: { ...metadata, ...(annotations && { annotations }) } } }];
}

function flags(plane: ControlPlane): Flags {
  return {
    'allow-privileged': true,
    'authorization-mode': 'Node,RBAC',
    'bind-address': '0.0.0.0',
    'client-ca-file': `${PKI}/server/ca.crt`,
    // templates are stored as they were given: no finalizers, no tokens in pods
    'disable-admission-plugins': 'StorageObjectInUseProtection,ServiceAccount',
    'enable-bootstrap-token-auth': true,
    ...etcdClientFlags(plane, `${PKI}/etcd-client`),
    'max-mutating-requests-inflight': 500,
    'max-requests-inflight': 1500,
    'proxy-client-cert-file': `${PKI}/front-proxy-client/tls.crt`,
    'proxy-client-key-file': `${PKI}/front-proxy-client/tls.key`,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-client-ca-file': `${PKI}/front-proxy-client/ca.crt`,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'secure-port': API_SERVER_PORT,
    'service-account-issuer': `https://kubernetes.default.svc.${plane.clusterDomain}`,
    'service-account-key-file': `${PKI}/service-account-key-pair/sa.pub`,
    'service-account-signing-key-file': `${PKI}/service-account-key-pair/sa.key`,
    'service-cluster-ip-range': SERVICE_CIDR,
    'tls-cert-file': `${PKI}/server/tls.crt`,
    'tls-min-version': 'VersionTLS13',
    'tls-private-key-file': `${PKI}/server/tls.key`,
    v: 2,
  };
}
