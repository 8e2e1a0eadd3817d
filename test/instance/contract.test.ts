import { Size } from 'cdk8s';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import type { MulticloudInstanceProps } from '../../src/instance/multicloud-instance-props';
import { anInstance, oneMember, podOf } from './an-instance';

const INSTANCES: readonly [string, Partial<MulticloudInstanceProps>][] = [
  ['by default', {}],
  ['with one member of etcd', { etcd: oneMember }],
  ['in another namespace', { namespace: 'fleet', clusterDomain: 'corp.internal', privateRegistry: 'mirror.example' }],
  [
    'with everything that can be added',
    {
      etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20) }),
      components: {
        karmadaDescheduler: {},
        karmadaSearch: {},
        karmadaMetricsAdapter: {},
        karmadaSchedulerEstimator: { clusters: ['berlin', 'paris'] },
      },
    },
  ],
];

/** Every string in an object, with its path. */
function strings(value: any, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}/${key}`));
}

const decoded = (text: string) => (/^[A-Za-z0-9+/=\s]{40,}$/.test(text) ? Buffer.from(text, 'base64').toString() : '');

describe.each(INSTANCES)('an instance %s', (_, props) => {
  const { host, karmada } = anInstance(props);
  const all = [...host, ...karmada];
  const workloads = host.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const pods: any[] = [
    ...workloads.map(({ spec }) => spec.template.spec),
    ...host.filter(({ kind }) => kind === 'CronJob').map(({ spec }) => spec.jobTemplate.spec.template.spec),
  ];
  const containers = pods.flatMap(({ initContainers = [], containers }) => [...initContainers, ...containers]);
  const plan = JSON.parse(host.find(({ metadata }) => metadata.name === 'east-pki-plan').data['plan.json']);

  test('holds no secret', () => {
    expect(all.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const keys = strings(all).filter(([, text]) => /PRIVATE KEY/.test(text) || /PRIVATE KEY/.test(decoded(text)));
    expect(keys).toEqual([]);
  });

  test('holds no CA bundle, and asks for one wherever one is needed', () => {
    // schemas of Karmada's own kinds have fields of that name
    const values = all.map(({ spec, ...rest }) =>
      rest.kind === 'CustomResourceDefinition' ? spec.conversion : { spec, ...rest },
    );
    expect(JSON.stringify(values)).not.toContain('caBundle"');
    const asking = karmada
      .filter(({ metadata }) => metadata.annotations?.['cdk8s-karmada.io/inject-ca'] === 'karmada-ca')
      .map(({ metadata }) => metadata.name);
    const needing = karmada
      .filter(({ kind, spec }) => spec?.conversion || kind === 'APIService' || /WebhookConfiguration$/.test(kind))
      .map(({ metadata }) => metadata.name);
    expect(asking).toEqual(needing);
    expect(asking).toEqual(
      expect.arrayContaining([
        'clusterresourcebindings.work.karmada.io',
        'resourcebindings.work.karmada.io',
        'v1alpha1.cluster.karmada.io',
        'mutating-config',
        'validating-config',
      ]),
    );
  });

  test('pins every image', () => {
    expect(containers.length).toBeGreaterThanOrEqual(7);
    for (const { image } of containers) expect(image).toMatch(/^[^:]+\/[^:]+:v?\d+\.\d+\.\d+(-\d+)?$/);
  });

  test('mounts only what is synthesized or issued, and issues only what is mounted or named', () => {
    const issued: string[] = [plan.authorities, plan.certificates, plan.keyPairs, plan.kubeconfigs]
      .flat()
      .map(({ secret }: any) => secret);
    const brought: string[] = (plan.memberKubeconfigs ?? []).map(({ secret }: any) => secret);
    const configMaps = host.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
    const volumes: any[] = pods.flatMap(({ volumes }) => volumes);
    const mounted = volumes.flatMap(({ secret }) => secret?.secretName ?? []);
    expect(mounted.filter((name) => !issued.includes(name))).toEqual(brought);
    expect(
      volumes.flatMap(({ configMap }) => configMap?.name ?? []).filter((name) => !configMaps.includes(name)),
    ).toEqual([]);
    const authorities = plan.authorities
      .map(({ secret }: any) => secret)
      .filter((name: string) => name !== 'karmada-ca');
    expect(issued.filter((name) => !mounted.includes(name))).toEqual([...authorities, 'karmada-admin-kubeconfig']);
    const claims = host.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);
    const claimed = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    expect(claimed).toEqual(claims);
    const accounts = host.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name);
    expect(pods.map(({ serviceAccountName }) => serviceAccountName).sort()).toEqual(accounts.sort());
    expect(new Set(issued).size).toBe(issued.length);
  });

  test('every file that a flag names is mounted', () => {
    for (const workload of workloads) {
      const { container } = podOf(workload);
      const folders = container.volumeMounts.map(({ mountPath }: any) => mountPath);
      const files = container.args.flatMap((argument: string) => argument.match(/=(\/etc\/.*)$/)?.[1] ?? []);
      expect(files.length).toBeGreaterThan(0);
      expect(
        files.filter((file: string) => !folders.some((folder: string) => `${file}/`.startsWith(`${folder}/`))),
      ).toEqual([]);
    }
  });

  test('every volume is mounted, and every mount has a volume', () => {
    for (const workload of workloads) {
      const { spec, container } = podOf(workload);
      const claims = workload.spec.volumeClaimTemplates ?? [];
      const volumes = [
        ...spec.volumes.map(({ name }: any) => name),
        ...claims.map(({ metadata }: any) => metadata.name),
      ];
      expect(container.volumeMounts.map(({ name }: any) => name).sort()).toEqual(volumes.sort());
      expect(container.volumeMounts.filter(({ subPath }: any) => subPath)).toEqual([]);
    }
  });

  test('Services, budgets and probes meet the pods that they mean', () => {
    const selects = ({ matchLabels }: any, workload: any) =>
      Object.entries(matchLabels).every(([key, value]) => workload.spec.template.metadata.labels[key] === value);
    const services = host.filter(({ kind }) => kind === 'Service');
    for (const { spec } of services) {
      const [workload, ...others] = workloads.filter((one) => selects({ matchLabels: spec.selector }, one));
      expect(others).toEqual([]);
      const ports = podOf(workload).container.ports.map(({ name }: any) => name);
      for (const { targetPort } of spec.ports) expect(ports).toContain(targetPort);
    }
    for (const { spec } of host.filter(({ kind }) => kind === 'PodDisruptionBudget')) {
      const [workload, ...others] = workloads.filter((one) => selects(spec.selector, one));
      expect(others).toEqual([]);
      expect(workload.spec.replicas).toBeGreaterThan(1);
    }
    for (const workload of workloads) {
      expect(selects(workload.spec.selector, workload)).toBe(true);
      const { container } = podOf(workload);
      const ports = container.ports.map(({ name }: any) => name);
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        if (container[probe]) expect(ports).toContain(container[probe].httpGet.port);
      }
    }
  });

  test('every name of the host network that is used is a Service of it, on a port that it has', () => {
    const services = new Map<string, number[]>(
      host
        .filter(({ kind }) => kind === 'Service')
        .map(({ metadata, spec }) => [metadata.name, spec.ports.map(({ port }: any) => port)]),
    );
    const urls = strings(all).flatMap(([, text]) => [...text.matchAll(/https:\/\/([^/:\s,"]+):(\d+)/g)]);
    const dialled = urls.filter(([, name]) => name.includes('.svc'));
    expect(dialled.length).toBeGreaterThan(30);
    for (const [url, name, port] of dialled) {
      const service = name.split('.svc')[0].split('.').at(-2) as string;
      expect([url, services.get(service)]).toEqual([url, expect.arrayContaining([Number(port)])]);
    }
  });

  test('the host is told to let no other pods in', () => {
    expect(host[0]).toMatchObject({
      kind: 'Namespace',
      metadata: {
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' },
      },
    });
  });

  test('no pod is root, can become more, writes where it should not or gets a token of the host', () => {
    for (const spec of pods) {
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(spec).not.toHaveProperty('hostNetwork');
      expect(spec.volumes.filter(({ hostPath }: any) => hostPath)).toEqual([]);
    }
    for (const container of containers) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(Object.keys(container.resources.requests)).toEqual(['cpu', 'memory']);
    }
  });

  test('no two pods of a component have to be on one node, or in one zone', () => {
    for (const workload of workloads) {
      const { spec } = podOf(workload);
      const { matchLabels } = workload.spec.selector;
      const [soft] = spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
      const [hard = soft?.podAffinityTerm] =
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
      expect(hard).toEqual({ labelSelector: { matchLabels }, topologyKey: 'kubernetes.io/hostname' });
      expect(spec.topologySpreadConstraints).toEqual([
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels },
        },
      ]);
    }
  });
});
