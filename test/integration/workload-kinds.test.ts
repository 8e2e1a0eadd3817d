import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDaemonSet } from '../../src/workload/multicloud-daemon-set';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import { CompletionMode } from '../../src/workload/multicloud-job-template-props';
import type { MulticloudPodProps } from '../../src/workload/multicloud-pod-props';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import { aChart, bare } from '../core/fake-instance';
import { startApiServer, type TestServer } from './testbed';

let server: TestServer;

beforeAll(async () => {
  server = await startApiServer();
});

afterAll(() => server?.stop());

/** Everything that pods can be told, as far as it goes together. */
function pods(chart: MulticloudChart): MulticloudPodProps {
  const volume = kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp');
  return {
    containers: [
      {
        name: 'web',
        image: 'registry.example/web:1',
        ports: [
          { number: 8080, name: 'http' },
          { number: 9090, hostPort: 9090 },
        ],
        command: ['/web'],
        args: ['--fast'],
        workingDir: '/srv',
        imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
        envVariables: {
          REGION: kplus.EnvValue.fromValue('eu'),
          POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
        },
        volumeMounts: [{ path: '/tmp', volume, subPath: 'web' }],
        liveness: kplus.Probe.fromHttpGet('/', { port: 8080, periodSeconds: Duration.seconds(5) }),
        readiness: kplus.Probe.fromCommand(['true'], { successThreshold: 2 }),
        startup: kplus.Probe.fromTcpSocket({ port: 8080 }),
        lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
        resources: {
          cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
          memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
          ephemeralStorage: { limit: Size.kibibytes(1500) },
        },
        securityContext: { user: 1000, readOnlyRootFilesystem: true },
      },
      { name: 'log', image: 'registry.example/log:1' },
    ],
    initContainers: [
      { name: 'migrate', image: 'registry.example/migrate:1' },
      { name: 'proxy', image: 'registry.example/proxy:1', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS },
    ],
    extendedResources: [{ name: 'nvidia.com/gpu', count: 1 }],
    podLabels: { tier: 'edge' },
    podAnnotations: { 'example.com/scrape': 'yes' },
    dns: {
      policy: kplus.DnsPolicy.NONE,
      nameservers: ['10.0.0.10', 'fd00::10'],
      searches: Array.from({ length: 32 }, (_, index) => `d${index}.example`),
      options: [{ name: 'ndots', value: '2' }],
      hostname: 'web',
      subdomain: 'shop',
      hostnameAsFQDN: true,
    },
    hostAliases: [{ ip: '10.1.2.3', hostnames: ['db.example'] }],
    terminationGracePeriod: Duration.hours(3),
    nodeUnavailableToleration: Duration.minutes(1),
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { tier: 'edge' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
    tolerations: [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }, { operator: 'Exists' }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        minDomains: 2,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { tier: 'edge' } },
      },
    ],
    nodeSelector: { arch: 'arm64' },
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    imagePullSecrets: ['registry'],
    podSecurityContext: { fsGroup: 2000, sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
  };
}

const rollout = { minReady: Duration.seconds(5), revisionHistoryLimit: 3, restartToken: 'a' };

const job = {
  parallelism: 2,
  completions: 10,
  completionMode: CompletionMode.INDEXED,
  backoffLimit: 2,
  activeDeadline: Duration.hours(1),
  ttlAfterFinished: Duration.days(1),
  restartPolicy: kplus.RestartPolicy.ON_FAILURE,
};

const MAKE: { readonly [kind: string]: (chart: MulticloudChart, props: MulticloudPodProps, isFull: boolean) => void } =
  {
    Deployment: (chart, props, isFull) =>
      new MulticloudDeployment(chart, 'a', {
        ...props,
        ...(isFull && {
          ...rollout,
          replicas: 3,
          strategy: kplus.DeploymentStrategy.rollingUpdate(),
          progressDeadline: Duration.minutes(20),
          paused: true,
        }),
      }),
    StatefulSet: (chart, props, isFull) =>
      new MulticloudStatefulSet(chart, 'a'.repeat(52), {
        ...props,
        serviceName: 'a',
        ...(isFull && {
          ...rollout,
          replicas: 3,
          claims: [{ name: 'data', size: Size.gibibytes(10), mountPath: '/data', storageClass: 'fast' }],
          podManagementPolicy: kplus.PodManagementPolicy.PARALLEL,
          updateStrategy: kplus.StatefulSetUpdateStrategy.rollingUpdate({ partition: 2 }),
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
        }),
      }),
    DaemonSet: (chart, props, isFull) =>
      new MulticloudDaemonSet(chart, 'a', {
        ...props,
        ...(isFull && {
          ...rollout,
          updateStrategy: { rollingUpdate: { maxUnavailable: kplus.k8s.IntOrString.fromString('10%') } },
        }),
      }),
    Job: (chart, props, isFull) =>
      new MulticloudJob(chart, 'a'.repeat(isFull ? 61 : 63), { ...props, ...(isFull && { ...job, suspend: true }) }),
    CronJob: (chart, props, isFull) =>
      new MulticloudCronJob(chart, 'a'.repeat(52), {
        ...props,
        schedule: '*/15 8-18 ? jan-jun mon,*/2',
        ...(isFull && {
          ...job,
          timeZone: 'Europe/Berlin',
          concurrencyPolicy: kplus.ConcurrencyPolicy.FORBID,
          startingDeadline: Duration.minutes(5),
          suspend: true,
          successfulJobsHistoryLimit: 0,
          failedJobsHistoryLimit: 5,
        }),
      }),
  };

/** What the server stores of it. */
function applied(manifest: any): any {
  const args = ['apply', '--server-side', '--validate=strict', '--dry-run=server', '-o', 'json', '-f', '-'];
  return JSON.parse(server.kubectl(args, JSON.stringify(manifest)));
}

test.each(Object.keys(MAKE))('Kubernetes takes a %s with its containers alone', (kind) => {
  const chart = aChart();
  MAKE[kind](chart, { containers: [{ image: 'registry.example/web:1' }] }, false);
  const [manifest] = bare(chart, kind);

  expect(applied(manifest)).toMatchObject(manifest);
});

test.each(Object.keys(MAKE))('Kubernetes takes a %s with everything that can be said, and stores it', (kind) => {
  const chart = aChart();
  MAKE[kind](chart, pods(chart), true);
  const [manifest] = bare(chart, kind);

  expect(applied(manifest)).toMatchObject(manifest);
});
