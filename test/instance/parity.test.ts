import { anInstance, find, flagsOf, podOf } from './an-instance';

/**
 * The flags of upstream's own manifests, artifacts/deploy at v1.18.2, for an instance in karmada-system; and for each flag that
 * we set otherwise, leave out or add, the reason.
 */
interface Parity {
  readonly kind: string;
  readonly upstream: { readonly [flag: string]: string };
  readonly differences: { readonly [flag: string]: string };
}

const KUBECONFIG = '/etc/karmada/config/karmada.config';
const PKI = '/etc/karmada/pki';
const ETCD_CLIENT = {
  'etcd-cafile': `${PKI}/etcd-client/ca.crt`,
  'etcd-certfile': `${PKI}/etcd-client/tls.crt`,
  'etcd-keyfile': `${PKI}/etcd-client/tls.key`,
  'etcd-servers': 'https://etcd-client.karmada-system.svc.cluster.local:2379',
};
const ALL_MEMBERS = 'every member by name: behind one Service a client cannot tell a member that is down';
const VERBOSITY = 'what Kubernetes itself starts with, enough to follow a failure; upstream runs its tests with 4';
const LOG_FORMAT = 'text is read by people first, and is what the binary does by itself';
const ANY_ADDRESS = 'every address of the pod: a port-forward arrives at its loopback';
const NO_GATES = "a setting of upstream's own tests: the gates of the release hold";
const NO_ESTIMATOR = 'only where a member has one: without it each decision would wait for a failed call';
const HOST_NAMESPACE = 'said out loud: Karmada looks in karmada-system, whatever the namespace on the host is called';
const HIGH_PORT = 'an ordinary user may not listen on 443; the Service does';
const NO_NODES = 'for nodes and Services that are routed to: Karmada has neither, and no controller that reads it runs';
const LEASES = 'said out loud: on Karmada the namespace is fixed, whatever the one on the host is called';

const TABLE: { readonly [component: string]: Parity } = {
  etcd: {
    kind: 'StatefulSet',
    upstream: {
      name: 'etcd0',
      'listen-peer-urls': 'http://0.0.0.0:2380',
      'listen-client-urls': 'https://0.0.0.0:2379',
      'listen-metrics-urls': 'http://0.0.0.0:2381',
      'advertise-client-urls': 'https://etcd-client.karmada-system.svc.cluster.local:2379',
      'initial-cluster': 'etcd0=http://etcd-0.etcd.karmada-system.svc.cluster.local:2380',
      'initial-cluster-state': 'new',
      'client-cert-auth': 'true',
      'cert-file': `${PKI}/server/tls.crt`,
      'key-file': `${PKI}/server/tls.key`,
      'trusted-ca-file': `${PKI}/server/ca.crt`,
      'data-dir': '/var/lib/etcd',
      'snapshot-count': '10000',
      'cipher-suites': 'of TLS 1.2 and 1.3',
    },
    differences: {
      name: 'upstream has one member; ours are named after their pods',
      'listen-peer-urls': 'members speak TLS with each other',
      'advertise-client-urls': 'each member advertises itself, not the Service in front of all',
      'initial-advertise-peer-urls': 'members find each other by name',
      'initial-cluster': 'all members, over TLS',
      'initial-cluster-token': 'members of two instances never join each other',
      'peer-client-cert-auth': 'members speak TLS with each other',
      'peer-cert-allowed-cn': 'clients of etcd do not pass for members',
      'peer-trusted-ca-file': 'members speak TLS with each other',
      'peer-cert-file': 'members speak TLS with each other',
      'peer-key-file': 'members speak TLS with each other',
      'data-dir': 'a folder inside the volume, whose own root etcd may not make private',
      'snapshot-count': 'the default of etcd 3.6',
      'cipher-suites': 'no list: TLS 1.3 has no weak ones, and every client here speaks it',
      'tls-min-version': 'no list: TLS 1.3 has no weak ones, and every client here speaks it',
      'quota-backend-bytes': 'as large as the volume allows: the default of 2 GiB is small for a fleet',
    },
  },
  'karmada-apiserver': {
    kind: 'Deployment',
    upstream: {
      'allow-privileged': 'true',
      'authorization-mode': 'Node,RBAC',
      'enable-bootstrap-token-auth': 'true',
      ...ETCD_CLIENT,
      'bind-address': '0.0.0.0',
      'disable-admission-plugins': 'StorageObjectInUseProtection,ServiceAccount',
      'runtime-config': '',
      'secure-port': '5443',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-key-file': `${PKI}/service-account-key-pair/sa.pub`,
      'service-account-signing-key-file': `${PKI}/service-account-key-pair/sa.key`,
      'service-cluster-ip-range': '10.96.0.0/12',
      'proxy-client-cert-file': `${PKI}/front-proxy-client/tls.crt`,
      'proxy-client-key-file': `${PKI}/front-proxy-client/tls.key`,
      'requestheader-client-ca-file': `${PKI}/front-proxy-client/ca.crt`,
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-username-headers': 'X-Remote-User',
      'tls-cert-file': `${PKI}/server/tls.crt`,
      'tls-private-key-file': `${PKI}/server/tls.key`,
      'client-ca-file': `${PKI}/server/ca.crt`,
      'tls-min-version': 'VersionTLS13',
    },
    differences: {
      'etcd-servers': ALL_MEMBERS,
      'runtime-config': 'empty, which is the default',
      'max-requests-inflight': "as Karmada's chart and operator set it: many agents are clients",
      'max-mutating-requests-inflight': "as Karmada's chart and operator set it: many agents are clients",
      v: VERBOSITY,
    },
  },
  'karmada-aggregated-apiserver': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'authentication-kubeconfig': KUBECONFIG,
      'authorization-kubeconfig': KUBECONFIG,
      ...ETCD_CLIENT,
      'tls-cert-file': `${PKI}/server/tls.crt`,
      'tls-private-key-file': `${PKI}/server/tls.key`,
      'audit-log-path': '-',
      'audit-log-maxage': '0',
      'audit-log-maxbackup': '0',
      'tls-min-version': 'VersionTLS13',
      'logging-format': 'json',
      'bind-address': '$(POD_IP)',
    },
    differences: {
      'etcd-servers': ALL_MEMBERS,
      'bind-address': ANY_ADDRESS,
      'secure-port': HIGH_PORT,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-kube-controller-manager': {
    kind: 'Deployment',
    upstream: {
      'allocate-node-cidrs': 'true',
      kubeconfig: KUBECONFIG,
      'authentication-kubeconfig': KUBECONFIG,
      'authorization-kubeconfig': KUBECONFIG,
      'bind-address': '0.0.0.0',
      'client-ca-file': `${PKI}/ca/tls.crt`,
      'cluster-cidr': '10.244.0.0/16',
      'cluster-name': 'karmada',
      'cluster-signing-cert-file': `${PKI}/ca/tls.crt`,
      'cluster-signing-key-file': `${PKI}/ca/tls.key`,
      controllers:
        'namespace,garbagecollector,serviceaccount-token,ttl-after-finished,bootstrapsigner,tokencleaner,csrcleaner,csrsigning,clusterrole-aggregation',
      'leader-elect': 'true',
      'node-cidr-mask-size': '24',
      'root-ca-file': `${PKI}/ca/tls.crt`,
      'service-account-private-key-file': `${PKI}/service-account-key-pair/sa.key`,
      'service-cluster-ip-range': '10.96.0.0/12',
      'use-service-account-credentials': 'true',
      v: '4',
    },
    differences: {
      'allocate-node-cidrs': NO_NODES,
      'cluster-cidr': NO_NODES,
      'cluster-name': NO_NODES,
      'node-cidr-mask-size': NO_NODES,
      'secure-port': 'the port of its probes, said where they are',
      'service-cluster-ip-range': NO_NODES,
      v: VERBOSITY,
    },
  },
  'karmada-controller-manager': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'cluster-status-update-frequency': '10s',
      controllers: '*,hpaScaleTargetMarker,deploymentReplicasSyncer',
      'feature-gates': 'AllAlpha=true,AllBeta=true',
      'metrics-bind-address': '$(POD_IP):8080',
      'health-probe-bind-address': '$(POD_IP):10357',
      'enable-no-execute-taint-eviction': 'true',
      'logging-format': 'json',
      v: '4',
    },
    differences: {
      controllers: "a setting of upstream's own tests: the controllers that are on by default run",
      'feature-gates': NO_GATES,
      'metrics-bind-address': ANY_ADDRESS,
      'health-probe-bind-address': ANY_ADDRESS,
      'enable-no-execute-taint-eviction': "a setting of upstream's own tests: off by default",
      'leader-elect-resource-namespace': LEASES,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-scheduler': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'metrics-bind-address': '$(POD_IP):8080',
      'health-probe-bind-address': '$(POD_IP):10351',
      'enable-scheduler-estimator': 'true',
      'scheduler-estimator-ca-file': `${PKI}/scheduler-estimator-client/ca.crt`,
      'scheduler-estimator-cert-file': `${PKI}/scheduler-estimator-client/tls.crt`,
      'scheduler-estimator-key-file': `${PKI}/scheduler-estimator-client/tls.key`,
      'feature-gates': 'AllAlpha=true,AllBeta=true',
      'logging-format': 'json',
      v: '4',
    },
    differences: {
      'metrics-bind-address': ANY_ADDRESS,
      'health-probe-bind-address': ANY_ADDRESS,
      'enable-scheduler-estimator': NO_ESTIMATOR,
      'scheduler-estimator-ca-file': NO_ESTIMATOR,
      'scheduler-estimator-cert-file': NO_ESTIMATOR,
      'scheduler-estimator-key-file': NO_ESTIMATOR,
      'feature-gates': NO_GATES,
      'leader-elect-resource-namespace': LEASES,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-webhook': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'bind-address': '$(POD_IP)',
      'metrics-bind-address': '$(POD_IP):8080',
      'health-probe-bind-address': '$(POD_IP):8000',
      'secure-port': '8443',
      'cert-dir': `${PKI}/server`,
      'feature-gates': 'AllAlpha=true,AllBeta=true',
      'allow-no-execute-taint-policy': 'true',
      'logging-format': 'json',
      v: '4',
    },
    differences: {
      'bind-address': ANY_ADDRESS,
      'metrics-bind-address': ANY_ADDRESS,
      'health-probe-bind-address':
        'off: the webhook registers no check there, its probes ask the port that it serves on',
      'feature-gates': NO_GATES,
      'allow-no-execute-taint-policy': "a setting of upstream's own tests: off by default",
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-descheduler': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'metrics-bind-address': '$(POD_IP):8080',
      'health-probe-bind-address': '$(POD_IP):10358',
      'scheduler-estimator-ca-file': `${PKI}/scheduler-estimator-client/ca.crt`,
      'scheduler-estimator-cert-file': `${PKI}/scheduler-estimator-client/tls.crt`,
      'scheduler-estimator-key-file': `${PKI}/scheduler-estimator-client/tls.key`,
      'logging-format': 'json',
      v: '4',
    },
    differences: {
      'metrics-bind-address': ANY_ADDRESS,
      'health-probe-bind-address': ANY_ADDRESS,
      'leader-elect-resource-namespace': LEASES,
      'scheduler-estimator-service-namespace': HOST_NAMESPACE,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-search': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'authentication-kubeconfig': KUBECONFIG,
      'authorization-kubeconfig': KUBECONFIG,
      ...ETCD_CLIENT,
      'tls-cert-file': `${PKI}/server/tls.crt`,
      'tls-private-key-file': `${PKI}/server/tls.key`,
      'audit-log-path': '-',
      'audit-log-maxage': '0',
      'audit-log-maxbackup': '0',
      'tls-min-version': 'VersionTLS13',
      'bind-address': '$(POD_IP)',
      'logging-format': 'json',
    },
    differences: {
      'etcd-servers': ALL_MEMBERS,
      'bind-address': ANY_ADDRESS,
      'secure-port': HIGH_PORT,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-metrics-adapter': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: KUBECONFIG,
      'metrics-bind-address': '$(POD_IP):8080',
      'authentication-kubeconfig': KUBECONFIG,
      'authorization-kubeconfig': KUBECONFIG,
      'client-ca-file': `${PKI}/server/ca.crt`,
      'tls-cert-file': `${PKI}/server/tls.crt`,
      'tls-private-key-file': `${PKI}/server/tls.key`,
      'audit-log-path': '-',
      'audit-log-maxage': '0',
      'audit-log-maxbackup': '0',
      'tls-min-version': 'VersionTLS13',
      'bind-address': '$(POD_IP)',
      'logging-format': 'json',
    },
    differences: {
      'metrics-bind-address': ANY_ADDRESS,
      'bind-address': ANY_ADDRESS,
      'secure-port': HIGH_PORT,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
  'karmada-scheduler-estimator-berlin': {
    kind: 'Deployment',
    upstream: {
      kubeconfig: '/etc/berlin-kubeconfig',
      'cluster-name': 'berlin',
      'grpc-auth-cert-file': `${PKI}/server/tls.crt`,
      'grpc-auth-key-file': `${PKI}/server/tls.key`,
      'grpc-client-ca-file': `${PKI}/server/ca.crt`,
      'metrics-bind-address': '$(POD_IP):8080',
      'health-probe-bind-address': '$(POD_IP):10351',
      'feature-gates': 'AllAlpha=true,AllBeta=true',
      'logging-format': 'json',
      v: '4',
    },
    differences: {
      kubeconfig: 'in a folder that is mounted whole: a file that is mounted by itself is never refreshed',
      'metrics-bind-address': ANY_ADDRESS,
      'health-probe-bind-address': ANY_ADDRESS,
      'feature-gates': NO_GATES,
      'logging-format': LOG_FORMAT,
      v: VERBOSITY,
    },
  },
};

const ADD_ONS = {
  karmadaDescheduler: {},
  karmadaSearch: {},
  karmadaMetricsAdapter: {},
  karmadaSchedulerEstimator: { clusters: ['berlin'] },
};

test.each(Object.entries(TABLE))('%s differs from upstream only where there is a reason', (name, parity) => {
  const isAddOn = !anInstance().host.some(({ metadata }) => metadata.name === name);
  const { host } = anInstance(isAddOn ? { components: ADD_ONS } : {});
  const ours = flagsOf(podOf(find(host, parity.kind, name)).container);
  const different = [...new Set([...Object.keys(ours), ...Object.keys(parity.upstream)])].filter(
    (flag) => ours[flag] !== parity.upstream[flag],
  );
  expect(different.sort()).toEqual(Object.keys(parity.differences).sort());
});
