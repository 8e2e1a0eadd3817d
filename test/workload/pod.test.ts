import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import type { MulticloudPodProps } from '../../src/workload/multicloud-pod-props';
import { aChart, bare, messageOf } from '../core/fake-instance';

const containers = [{ image: 'a:1' }];

/** The pods of a workload. */
function template(props: Partial<MulticloudPodProps>): any {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { containers, ...props });
  return bare(chart, 'Deployment')[0].spec.template;
}

const pod = (props: Partial<MulticloudPodProps>) => template(props).spec;

const bareContainer = { image: 'a:1', name: 'main' };

test('names are looked up as asked', () => {
  expect(
    pod({
      dns: {
        policy: kplus.DnsPolicy.NONE,
        nameservers: ['10.0.0.10', 'fd00::10'],
        searches: ['shop.example', 'example.'],
        options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
        hostname: 'web',
        subdomain: 'shop',
        hostnameAsFQDN: true,
      },
      hostAliases: [{ ip: '10.1.2.3', hostnames: ['db.example', 'db'] }],
    }),
  ).toStrictEqual({
    containers: [bareContainer],
    dnsConfig: {
      nameservers: ['10.0.0.10', 'fd00::10'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
      searches: ['shop.example', 'example.'],
    },
    dnsPolicy: 'None',
    hostAliases: [{ hostnames: ['db.example', 'db'], ip: '10.1.2.3' }],
    hostname: 'web',
    setHostnameAsFQDN: true,
    subdomain: 'shop',
  });
});

test.each([
  [kplus.DnsPolicy.DEFAULT, 'Default'],
  [kplus.DnsPolicy.CLUSTER_FIRST, 'ClusterFirst'],
  [kplus.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET, 'ClusterFirstWithHostNet'],
])('the DNS policy %s stands alone', (policy, dnsPolicy) => {
  expect(pod({ dns: { policy } })).toStrictEqual({ containers: [bareContainer], dnsPolicy });
});

test('where it runs inside a cluster', () => {
  const affinity: kplus.k8s.Affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
      },
    },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  };

  expect(
    pod({
      affinity,
      nodeSelector: { arch: 'arm64' },
      tolerations: [{ key: 'edge', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
      nodeUnavailableToleration: Duration.minutes(1),
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
      priorityClassName: 'high',
    }),
  ).toStrictEqual({
    affinity,
    containers: [bareContainer],
    nodeSelector: { arch: 'arm64' },
    priorityClassName: 'high',
    tolerations: [
      { effect: 'NoSchedule', key: 'edge', operator: 'Equal', value: 'yes' },
      { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 60 },
      { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 60 },
    ],
    topologySpreadConstraints: [
      {
        labelSelector: { matchLabels: { app: 'web' } },
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
      },
    ],
  });
});

test('as whom it runs, and with what', () => {
  expect(
    pod({
      hostNetwork: true,
      terminationGracePeriod: Duration.hours(3),
      serviceAccountName: 'web',
      automountServiceAccountToken: false,
      imagePullSecrets: ['registry', 'mirror'],
      podSecurityContext: { user: 0, fsGroup: 2000, sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] },
    }),
  ).toStrictEqual({
    automountServiceAccountToken: false,
    containers: [bareContainer],
    hostNetwork: true,
    imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }],
    securityContext: { fsGroup: 2000, runAsUser: 0, sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] },
    serviceAccountName: 'web',
    terminationGracePeriodSeconds: 10800,
  });
});

test('init containers run before, and a sidecar beside', () => {
  expect(
    pod({
      initContainers: [
        { name: 'migrate', image: 'm:1' },
        {
          name: 'proxy',
          image: 'p:1',
          restartPolicy: kplus.ContainerRestartPolicy.ALWAYS,
          startup: kplus.Probe.fromTcpSocket({ port: 15001 }),
        },
      ],
    }),
  ).toStrictEqual({
    containers: [bareContainer],
    initContainers: [
      { image: 'm:1', name: 'migrate' },
      {
        image: 'p:1',
        name: 'proxy',
        restartPolicy: 'Always',
        startupProbe: { failureThreshold: 3, tcpSocket: { port: 15001 } },
      },
    ],
  });
});

test('a GPU is asked for by name, and amounts are rendered in the largest unit that fits', () => {
  expect(
    pod({
      containers: [
        {
          name: 'train',
          image: 't:1',
          resources: {
            cpu: { request: kplus.Cpu.units(2) },
            memory: { request: Size.gibibytes(4), limit: Size.mebibytes(6000) },
            ephemeralStorage: { limit: Size.kibibytes(1500) },
          },
        },
        { name: 'log', image: 'l:1' },
      ],
      extendedResources: [
        { name: 'nvidia.com/gpu', count: 1 },
        { name: 'example.com/nic', count: 2, container: 'log' },
      ],
    }).containers,
  ).toStrictEqual([
    {
      image: 't:1',
      name: 'train',
      resources: {
        limits: { 'ephemeral-storage': '1500Ki', memory: '6000Mi', 'nvidia.com/gpu': '1' },
        requests: { cpu: '2', memory: '4Gi' },
      },
    },
    { image: 'l:1', name: 'log', resources: { limits: { 'example.com/nic': '2' } } },
  ]);
});

test('volumes that no container mounts are there too, each once', () => {
  const chart = aChart();
  const [data, spare] = ['data', 'spare'].map((name) => kplus.Volume.fromEmptyDir(chart, name, name));
  new MulticloudDeployment(chart, 'web', {
    containers: [{ image: 'a:1', volumeMounts: [{ path: '/data', volume: data }] }],
    volumes: [spare, data],
  });

  expect(bare(chart, 'Deployment')[0].spec.template.spec.volumes).toStrictEqual([
    { emptyDir: {}, name: 'data' },
    { emptyDir: {}, name: 'spare' },
  ]);
});

test('labels and annotations of the pods', () => {
  expect(
    template({ podLabels: { tier: 'edge' }, podAnnotations: { 'example.com/scrape': 'yes' } }).metadata,
  ).toStrictEqual({
    annotations: { 'example.com/scrape': 'yes' },
    labels: { 'app.kubernetes.io/name': 'web', tier: 'edge' },
  });
});

describe('fails when', () => {
  const label = 'lower case letters, digits and -, beginning and ending with a letter or a digit';
  const value = 'at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit';
  const key = `${value}, with an optional domain and / in front`;
  const one = (props: Partial<kplus.ContainerProps>) => ({ containers: [{ image: 'a:1', ...props }] });
  const init = (props: Partial<kplus.ContainerProps>) => ({
    initContainers: [{ name: 'init', image: 'a:1', ...props }],
  });

  test.each<[string, Partial<MulticloudPodProps>, string, string]>([
    [
      'a container cannot have its name',
      one({ name: 'Web' }),
      '"Web" cannot be the name of a container',
      `give a \`name\` of at most 63 characters: ${label}`,
    ],
    [
      'a container has no image',
      one({ image: '' }),
      'container "main" has an empty `image`',
      'give the image that it runs',
    ],
    [
      'an init container has the name of a container',
      init({ name: 'main' }),
      'two containers have the name "main"',
      'give each a `name` of its own; one without is called main',
    ],
    [
      'an init container has a probe',
      init({ readiness: kplus.Probe.fromCommand(['true']) }),
      'init container "init" has `readiness`, and it is over before that could matter',
      'leave `readiness` out, or give `restartPolicy` so that it keeps running beside the others',
    ],
    [
      'a port is out of range',
      one({ ports: [{ number: 70000 }] }),
      'container "main" has the port 70000',
      'give a whole number from 1 to 65535',
    ],
    [
      'a port is there twice',
      one({ portNumber: 80, ports: [{ number: 80, name: 'http' }] }),
      'container "main" has the port 80/TCP twice',
      'leave one of them out',
    ],
    [
      'a port cannot have its name',
      one({ ports: [{ number: 80, name: 'the-web-interface' }] }),
      'container "main" has a port with the name "the-web-interface"',
      'give it at most 15 lower case letters, digits and single "-", with at least one letter',
    ],
    [
      'two ports have one name',
      one({ ports: [80, 81].map((number) => ({ number, name: 'http' })) }),
      'container "main" has two ports with the name "http"',
      'give one of them another name',
    ],
    [
      'a port is given in both ways',
      one({ port: 80, portNumber: 81 }),
      'container "main" has both `port` and `portNumber`',
      'leave out `port`, which is the older name',
    ],
    [
      'two containers take one port of the node',
      {
        containers: ['a', 'b'].map((name, index) => ({
          name,
          image: 'a:1',
          ports: [{ number: 80 + index, hostPort: 8080 }],
        })),
      },
      'two ports of the pod take the port 8080/TCP of its node',
      'give one of them another port',
    ],
    [
      'a port of the node differs on its own network',
      { hostNetwork: true, ...one({ ports: [{ number: 80, hostPort: 8080 }] }) },
      'port 80 has `hostPort` 8080, and with `hostNetwork` the two are the same',
      'leave `hostPort` out',
    ],
    [
      'an environment variable cannot have its name',
      one({ envVariables: { 'A=B': kplus.EnvValue.fromValue('x') } }),
      'container "main" has an environment variable with the name "A=B"',
      'give it a name of printable ASCII characters without =',
    ],
    [
      'more is requested than there may be',
      one({ resources: { cpu: { request: kplus.Cpu.units(2), limit: kplus.Cpu.millis(500) } } }),
      'container "main" requests more cpu than its limit: 2, and the limit is 500m',
      'lower the request or raise the limit',
    ],
    [
      'an amount cannot be said',
      one({ resources: { memory: { request: Size.kibibytes(0.5) } } }),
      'the memory request of container "main" is no whole number of KiB',
      'give it with Size.kibibytes or a larger unit',
    ],
    [
      'a privileged container may not gain privileges',
      one({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      'container "main" is privileged and may not gain privileges',
      'leave out `privileged` or `allowPrivilegeEscalation`',
    ],
    [
      'a seccomp profile is named and not read',
      one({
        securityContext: { seccompProfile: { type: kplus.SeccompProfileType.UNCONFINED, localhostProfile: 'a.json' } },
      }),
      'container "main" names the seccomp profile "a.json" and has a type that reads no file',
      'give the type LOCALHOST, or leave the name out',
    ],
    [
      'liveness needs two successes',
      one({ liveness: kplus.Probe.fromCommand(['true'], { successThreshold: 2 }) }),
      '`successThreshold` of `liveness` of container "main" is 2, and one success is what counts there',
      'leave it out',
    ],
    [
      'a probe has half seconds',
      one({ readiness: kplus.Probe.fromCommand(['true'], { periodSeconds: Duration.millis(500) }) }),
      '`periodSeconds` must be a whole number of seconds, got 0.5 in `readiness` of container "main"',
      'give whole seconds, at most 2147483647',
    ],
    [
      'an extended resource has no domain',
      { extendedResources: [{ name: 'gpu', count: 1 }] },
      '"gpu" cannot be the name of an extended resource',
      'give it as nodes report it, with its domain, such as nvidia.com/gpu',
    ],
    [
      'half a GPU is asked for',
      { extendedResources: [{ name: 'nvidia.com/gpu', count: 0.5 }] },
      '`count` must be a whole number of 1 or more, got 0.5 of "nvidia.com/gpu"',
      'give one of 1 or more',
    ],
    [
      'a GPU is for a container that is not there',
      { extendedResources: [{ name: 'nvidia.com/gpu', count: 1, container: 'train' }] },
      'the extended resource "nvidia.com/gpu" is for the container "train", and there is none of that name',
      'give one of main, or leave `container` out',
    ],
    [
      'an extended resource is there twice',
      { extendedResources: [1, 2].map((count) => ({ name: 'nvidia.com/gpu', count })) },
      'there is the extended resource "nvidia.com/gpu" for the container "main" twice',
      'leave one of them out',
    ],
    [
      'a label of the pods cannot have its value',
      { podLabels: { tier: 'very edgy' } },
      '"very edgy" cannot be the value of the label "tier" in `podLabels`',
      `give ${value}`,
    ],
    [
      'an annotation of the pods cannot have its key',
      { podAnnotations: { 'a b': '' } },
      '"a b" cannot be a key in `podAnnotations`',
      `give ${key}`,
    ],
    [
      'no name server is left',
      { dns: { policy: kplus.DnsPolicy.NONE } },
      '`dns` has the policy None and no nameservers, so the pods could look up nothing',
      'give one or more in `dns.nameservers`, or another policy',
    ],
    [
      'there are too many name servers',
      { dns: { nameservers: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] } },
      '`dns.nameservers` has 4 servers',
      'give at most 3',
    ],
    [
      'a name server has no address',
      { dns: { nameservers: ['10.0.0.256'] } },
      '"10.0.0.256" in `dns.nameservers` is no IP address',
      'give an IPv4 or IPv6 address',
    ],
    [
      'there are too many search domains',
      { dns: { searches: Array.from({ length: 33 }, (_, index) => `d${index}.example`) } },
      '`dns.searches` has 33 domains',
      'give at most 32',
    ],
    [
      'search domains are too long together',
      { dns: { searches: Array.from({ length: 9 }, (_, index) => `${`${'d'.repeat(60)}.`.repeat(4)}d${index}`) } },
      '`dns.searches` has 2222 characters in all',
      'give at most 2048, with one between two domains',
    ],
    [
      'a search domain is none',
      { dns: { searches: ['shop example'] } },
      '"shop example" in `dns.searches` cannot be a domain',
      `give parts of ${label}, with . between them`,
    ],
    [
      'a DNS option has no name',
      { dns: { options: [{ name: '' }] } },
      '`dns.options` has an option without a name',
      'give each a `name`, such as ndots',
    ],
    [
      'a pod cannot have its host name',
      { dns: { hostname: 'web.shop' } },
      '"web.shop" cannot be `dns.hostname`',
      `give at most 63 characters: ${label}`,
    ],
    [
      'an alias has no address',
      { hostAliases: [{ ip: 'localhost', hostnames: [] }] },
      '"localhost" in `hostAliases` is no IP address',
      'give an IPv4 or IPv6 address',
    ],
    [
      'an alias is no name',
      { hostAliases: [{ ip: '10.0.0.1', hostnames: ['db_1'] }] },
      '"db_1" in `hostAliases` cannot be the name of a host',
      `give parts of ${label}, with . between them`,
    ],
    [
      'pods have half a second to stop',
      { terminationGracePeriod: Duration.millis(500) },
      '`terminationGracePeriod` must be a whole number of seconds, got 0.5',
      'give whole seconds, at most 2147483647',
    ],
    [
      'a toleration has no key',
      { tolerations: [{ effect: 'NoSchedule' }] },
      'a toleration has no key, and its operator is not Exists',
      'give the `key` of the taint, or the operator Exists for every taint',
    ],
    [
      'a toleration of a taint that does not evict has a time',
      { tolerations: [{ key: 'edge', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }] },
      'the toleration of "edge" has `tolerationSeconds`, which only the effect NoExecute may have',
      'give the effect NoExecute, or leave `tolerationSeconds` out',
    ],
    [
      'a toleration has an unknown effect',
      { tolerations: [{ key: 'edge', operator: 'Exists', effect: 'Evict' }] },
      'the toleration of "edge" has the effect "Evict"',
      'give one of NoSchedule, PreferNoSchedule, NoExecute, or leave it out for all',
    ],
    [
      'pods spread in an unknown way',
      { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'Maybe' }] },
      'the spread over "zone" has `whenUnsatisfiable` "Maybe"',
      'give one of DoNotSchedule, ScheduleAnyway',
    ],
    [
      'pods spread without a skew',
      { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] },
      'the spread over "zone" has `maxSkew` 0',
      'give a whole number of 1 or more',
    ],
    [
      'a service account cannot have its name',
      { serviceAccountName: 'Web' },
      '"Web" in `serviceAccountName` cannot be the name of an object',
      `give a name of at most 253 characters: ${label}`,
    ],
  ])('%s', (_, props, what, fix) => {
    expect(messageOf(() => template(props))).toBe([what, '  at shop/web', `  fix: ${fix}`].join('\n'));
  });

  test.each<[string, (volume: kplus.Volume) => kplus.VolumeMount[], string, string]>([
    [
      'two volumes are mounted at one path',
      (volume) => [1, 2].map(() => ({ path: '/data', volume })),
      'container "main" mounts two volumes at "/data"',
      'give one of them another `path`',
    ],
    [
      'a volume is mounted at no path',
      (volume) => [{ path: '', volume }],
      'container "main" mounts the volume "data" at no path',
      'give the `path` of the mount',
    ],
    [
      'a mount has two sub paths',
      (volume) => [{ path: '/data', volume, subPath: 'a', subPathExpr: 'b' }],
      'the mount of container "main" at "/data" has both `subPath` and `subPathExpr`',
      'leave one of them out',
    ],
    [
      'a sub path leads out of the volume',
      (volume) => [{ path: '/data', volume, subPath: '../etc' }],
      'the mount of container "main" at "/data" has the sub path "../etc", which leads out of the volume',
      'give a path below the top of the volume, without / in front and without ..',
    ],
  ])('%s', (_, mounts, what, fix) => {
    const chart = aChart();
    const volume = kplus.Volume.fromEmptyDir(chart, 'data', 'data');

    expect(
      messageOf(
        () => new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1', volumeMounts: mounts(volume) }] }),
      ),
    ).toBe([what, '  at shop/web', `  fix: ${fix}`].join('\n'));
  });
});
