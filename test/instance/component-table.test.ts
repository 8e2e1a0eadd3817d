import { anInstance, find, flagsOf, podOf } from './an-instance';

/**
 * What an operator who has read all of upstream's installers would write for each component: how it is asked whether it lives,
 * what it listens on, what stands in front of it, what it asks for, who it is to Karmada, when it starts.
 */
interface Facts {
  readonly probes: string;
  readonly ports: string;
  readonly service: string;
  readonly requests: string;
  readonly identity: string;
  readonly pods: number;
  readonly wave: number;
}

const MASTERS = 'system:masters';
const HEALTH = (port: number) => `HTTP ${port} /healthz, HTTP ${port} /healthz, HTTP ${port} /healthz`;

const TABLE: { readonly [component: string]: Facts } = {
  etcd: {
    probes: 'HTTP 2381 /livez, HTTP 2381 /readyz',
    ports: '2379 2380 2381',
    service: 'etcd 2379>2379 2380>2380, etcd-client 2379>2379',
    requests: '500m 1Gi',
    identity: '-',
    pods: 3,
    wave: 2,
  },
  'karmada-apiserver': {
    probes: 'HTTPS 5443 /livez, HTTPS 5443 /readyz, HTTPS 5443 /livez',
    ports: '5443',
    service: 'karmada-apiserver 5443>5443',
    requests: '250m 1Gi',
    identity: '-',
    pods: 2,
    wave: 3,
  },
  'karmada-aggregated-apiserver': {
    probes: 'HTTPS 6443 /livez, HTTPS 6443 /readyz, HTTPS 6443 /livez',
    ports: '6443',
    service: 'karmada-aggregated-apiserver 443>6443',
    requests: '100m 128Mi',
    identity: `system:karmada:karmada-aggregated-apiserver ${MASTERS}`,
    pods: 2,
    wave: 4,
  },
  'karmada-kube-controller-manager': {
    probes: 'HTTPS 10257 /healthz, HTTPS 10257 /healthz, HTTPS 10257 /healthz',
    ports: '10257',
    service: '',
    requests: '100m 128Mi',
    identity: 'system:kube-controller-manager',
    pods: 2,
    wave: 4,
  },
  'karmada-controller-manager': {
    probes: HEALTH(10357),
    ports: '8080 10357',
    service: '',
    requests: '200m 256Mi',
    identity: `system:karmada:karmada-controller-manager ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-scheduler': {
    probes: HEALTH(10351),
    ports: '8080 10351',
    service: '',
    requests: '100m 128Mi',
    identity: `system:karmada:karmada-scheduler ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-webhook': {
    probes: 'HTTPS 8443 /readyz, HTTPS 8443 /readyz, HTTPS 8443 /readyz',
    ports: '8080 8443',
    service: 'karmada-webhook 443>8443',
    requests: '100m 128Mi',
    identity: `system:karmada:karmada-webhook ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-descheduler': {
    probes: HEALTH(10358),
    ports: '8080 10358',
    service: '',
    requests: '100m 128Mi',
    identity: `system:karmada:karmada-descheduler ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-search': {
    // its caches fill through an API that it serves itself: a probe that waits for them waits for ever
    probes: ['/livez', '/readyz', '/livez']
      .map(
        (path) =>
          `HTTPS 6443 ${path}?exclude=poststarthook/start-karmada-informers&exclude=poststarthook/start-karmada-search-controller`,
      )
      .join(', '),
    ports: '6443',
    service: 'karmada-search 443>6443',
    requests: '200m 512Mi',
    identity: `system:karmada:karmada-search ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-metrics-adapter': {
    probes: 'HTTPS 6443 /healthz, HTTPS 6443 /readyz, HTTPS 6443 /healthz',
    ports: '6443 8080',
    service: 'karmada-metrics-adapter 443>6443',
    requests: '100m 128Mi',
    identity: `system:karmada:karmada-metrics-adapter ${MASTERS}`,
    pods: 2,
    wave: 6,
  },
  'karmada-scheduler-estimator-berlin': {
    probes: HEALTH(10351),
    ports: '8080 10351 10352',
    service: 'karmada-scheduler-estimator-berlin 10352>10352',
    requests: '100m 256Mi',
    identity: '-',
    pods: 2,
    wave: 8,
  },
};

const { host } = anInstance({
  components: {
    karmadaDescheduler: {},
    karmadaSearch: {},
    karmadaMetricsAdapter: {},
    karmadaSchedulerEstimator: { clusters: ['berlin'] },
  },
});
const plan = JSON.parse(find(host, 'ConfigMap', 'east-pki-plan').data['plan.json']);
const workloads = host.filter(({ spec }) => spec?.template);

function factsOf(workload: any): Facts {
  const { container } = podOf(workload);
  const { name, annotations } = workload.metadata;
  const portOf = (wanted: string) => container.ports.find((port: any) => port.name === wanted).containerPort;
  const probes = [container.livenessProbe, container.readinessProbe, container.startupProbe].filter(Boolean);
  const client = plan.certificates.find(({ secret }: any) => secret === `${name}-client-cert`);
  return {
    probes: probes.map(({ httpGet: { scheme, port, path } }) => `${scheme} ${portOf(port)} ${path}`).join(', '),
    ports: container.ports
      .map(({ containerPort }: any) => containerPort)
      .sort((a: number, b: number) => a - b)
      .join(' '),
    service: host
      .filter(({ kind, spec }) => kind === 'Service' && spec.selector['app.kubernetes.io/name'] === name)
      .map(({ metadata, spec }) =>
        [metadata.name, ...spec.ports.map(({ port, targetPort }: any) => `${port}>${portOf(targetPort)}`)].join(' '),
      )
      .join(', '),
    requests: `${container.resources.requests.cpu} ${container.resources.requests.memory}`,
    identity: client ? [client.commonName, ...client.organizations].join(' ') : '-',
    pods: workload.spec.replicas,
    wave: Number(annotations['cdk8s-karmada.io/wave']),
  };
}

test.each(Object.entries(TABLE))('%s', (name, facts) => {
  expect(factsOf(workloads.find(({ metadata }) => metadata.name === name))).toEqual(facts);
});

test('no component is left out', () => {
  expect(workloads.map(({ metadata }) => metadata.name)).toEqual(Object.keys(TABLE));
});

describe.each(workloads.map((workload) => [workload.metadata.name, workload]))('%s', (name, workload) => {
  const { spec, container } = podOf(workload);

  test('is evicted one pod at a time, and its Deployment never has less than it should', () => {
    expect(find(host, 'PodDisruptionBudget', name).spec).toEqual({
      maxUnavailable: 1,
      selector: workload.spec.selector,
    });
    if (workload.kind === 'Deployment') {
      expect(workload.spec.strategy).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
      });
    }
  });

  test('has an account of its own, without any right', () => {
    expect(spec.serviceAccountName).toBe(name);
    expect(find(host, 'ServiceAccount', name).automountServiceAccountToken).toBe(false);
    expect(host.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
  });

  test('is ready as soon as it has started', () => {
    const { startupProbe: first = container.readinessProbe } = container;
    expect([first.initialDelaySeconds ?? 0, container.readinessProbe.initialDelaySeconds ?? 0]).toEqual([0, 0]);
    expect(first.periodSeconds).toBeLessThanOrEqual(2);
  });

  test('is asked by probes that it has time to answer', () => {
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      expect(probe.timeoutSeconds).toBeGreaterThanOrEqual(5);
      expect(probe.failureThreshold).toBeGreaterThanOrEqual(3);
    }
  });

  test('speaks TLS 1.3, and keeps the key of no authority but where it signs', () => {
    const minimum = flagsOf(container)['tls-min-version'];
    if (minimum) expect(['TLS1.3', 'VersionTLS13']).toContain(minimum);
    const authorities = plan.authorities.map(({ secret }: any) => secret);
    const held = spec.volumes.filter(({ secret }: any) => authorities.includes(secret?.secretName));
    expect(held.length).toBe(name === 'karmada-kube-controller-manager' ? 1 : 0);
  });
});

/** What a reader of upstream's installers might expect and does not find, with the reason and what is there instead. */
const OTHERWISE: readonly [what: string, why: string, seen: () => unknown, instead: unknown][] = [
  [
    'no Service for the metrics of karmada-kube-controller-manager',
    'metrics are read from pods, as those of all others: a Service would show one of two at random',
    () => host.filter(({ kind, metadata }) => kind === 'Service' && /kube-controller/.test(metadata.name)),
    [],
  ],
  [
    'two pods of karmada-apiserver, where three would be taken for production',
    'two survive the loss of a node; a third costs a GiB on hosts that are small, and is one prop away',
    () => find(host, 'Deployment', 'karmada-apiserver').spec.replicas,
    2,
  ],
  [
    'no limit of memory anywhere',
    'a control plane that is killed when a fleet grows is worse than one that is large',
    () => workloads.filter((workload) => podOf(workload).container.resources.limits),
    [],
  ],
  [
    'no TLS 1.2 for etcd, hence no list of ciphers',
    'every client of it is in the same release, and none of the ciphers of TLS 1.3 is weak',
    () => flagsOf(podOf(find(host, 'StatefulSet', 'etcd')).container)['tls-min-version'],
    'TLS1.3',
  ],
  [
    'no address of the pod in the flags',
    'every address of the pod, in both families: a port-forward arrives at its loopback',
    () => workloads.filter((workload) => JSON.stringify(podOf(workload).container).includes('POD_IP')),
    [],
  ],
  [
    'no class of priority',
    'GKE and others refuse the system classes outside kube-system; one is a prop away, with the quota that it needs',
    () => workloads.filter((workload) => podOf(workload).spec.priorityClassName),
    [],
  ],
  [
    'no way out is closed by a NetworkPolicy',
    'members may be anywhere, and the addresses of DNS and of members are not known here',
    () => host.filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.policyTypes.includes('Egress')),
    [],
  ],
  [
    'no disruption budget for a single pod',
    'it would keep the node from ever being drained',
    () =>
      anInstance({ components: { karmadaScheduler: { replicas: 1 } } }).host.filter(
        ({ kind, metadata }) => kind === 'PodDisruptionBudget' && metadata.name === 'karmada-scheduler',
      ),
    [],
  ],
];

test.each(OTHERWISE)('%s: %s', (_, __, seen, instead) => {
  expect(seen()).toEqual(instead);
});
