import { Duration, JsonPatch, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { MulticloudDeployment, type MulticloudDeploymentProps } from '../../src/workload/multicloud-deployment';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

const containers = [{ image: 'registry.example/web:1' }];

/** The pod of a deployment with one container. */
function container(props: Partial<kplus.ContainerProps>): any {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1', ...props }] });
  return bare(chart, 'Deployment')[0].spec.template.spec.containers[0];
}

test('minimal: a deployment that says nothing that nobody asked for, and its policy', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'Web', { containers });

  expect(objects(chart)).toStrictEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        annotations: { 'cdk8s-karmada.io/path': 'shop/Web/Resource', 'cdk8s-karmada.io/wave': '7' },
        name: 'web',
        namespace: 'default',
      },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': 'web' } },
          spec: { containers: [{ image: 'registry.example/web:1', name: 'main' }] },
        },
      },
    },
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: {
        annotations: { 'cdk8s-karmada.io/path': 'shop/Web/Propagation/Resource', 'cdk8s-karmada.io/wave': '7' },
        name: 'web-deployment',
        namespace: 'default',
      },
      spec: {
        placement: { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
        propagateDeps: true,
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' }],
      },
    },
  ]);
});

test('everything but the containers', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'Web', {
    name: 'shop-web',
    namespace: 'shop',
    replicas: 6,
    labels: { team: 'shop' },
    annotations: { note: 'x' },
    podLabels: { tier: 'edge' },
    podAnnotations: { scrape: 'true' },
    selector: { app: 'web' },
    deletionProtection: true,
    autoPropagate: false,
    placement: Placement.dynamicWeight({ clusters: ClusterSelector.all().excluding('lab') }),
    containers,
  });

  expect(bare(chart, 'Deployment')).toStrictEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        annotations: { note: 'x' },
        labels: { 'resourcetemplate.karmada.io/deletion-protected': 'Always', team: 'shop' },
        name: 'shop-web',
        namespace: 'shop',
      },
      spec: {
        replicas: 6,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { annotations: { scrape: 'true' }, labels: { app: 'web', tier: 'edge' } },
          spec: { containers: [{ image: 'registry.example/web:1', name: 'main' }] },
        },
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy')[0]).toMatchObject({
    metadata: { name: 'shop-web-deployment', namespace: 'shop' },
    spec: {
      placement: { clusterAffinity: { exclude: ['lab'] } },
      propagateDeps: false,
      resourceSelectors: [{ name: 'shop-web', namespace: 'shop' }],
    },
  });
});

describe('containers', () => {
  test('with all that cdk8s-plus can say', () => {
    expect(
      container({
        name: 'web',
        portNumber: 8080,
        ports: [{ number: 9090, name: 'metrics', hostIp: '127.0.0.1', protocol: kplus.Protocol.TCP }],
        command: ['/web'],
        args: ['--fast'],
        workingDir: '/srv',
        imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
        envVariables: {
          REGION: kplus.EnvValue.fromValue('eu'),
          POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
        },
        liveness: kplus.Probe.fromHttpGet('/healthz', { periodSeconds: Duration.seconds(5) }),
        startup: kplus.Probe.fromTcpSocket(),
        resources: {
          cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
          memory: { limit: Size.mebibytes(64) },
        },
        lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
      }),
    ).toStrictEqual({
      args: ['--fast'],
      command: ['/web'],
      env: [
        { name: 'REGION', value: 'eu' },
        { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
      image: 'a:1',
      imagePullPolicy: 'Always',
      lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
      livenessProbe: {
        failureThreshold: 3,
        httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
        periodSeconds: 5,
      },
      name: 'web',
      ports: [{ containerPort: 8080 }, { containerPort: 9090, hostIP: '127.0.0.1', name: 'metrics', protocol: 'TCP' }],
      resources: { limits: { cpu: '1', memory: '64Mi' }, requests: { cpu: '100m' } },
      startupProbe: { failureThreshold: 3, tcpSocket: { port: 8080 } },
      workingDir: '/srv',
    });
  });

  test('with a port and nothing else get no probe', () => {
    expect(container({ portNumber: 80 })).toStrictEqual({ image: 'a:1', name: 'main', ports: [{ containerPort: 80 }] });
  });

  test('with a security context get what is given of it', () => {
    expect(container({ securityContext: { privileged: true, user: 0 } }).securityContext).toStrictEqual({
      privileged: true,
      runAsUser: 0,
    });
  });

  test('with volumes bring them into the pod, each once', () => {
    const chart = aChart();
    const config = new kplus.ConfigMap(chart, 'config', { metadata: { name: 'config' } });
    const volume = kplus.Volume.fromConfigMap(chart, 'volume', config, { name: 'config' });
    const mount = { path: '/etc/web', volume };
    new MulticloudDeployment(chart, 'web', {
      containers: [
        { name: 'a', image: 'a:1', volumeMounts: [mount] },
        { name: 'b', image: 'b:1', volumeMounts: [mount] },
      ],
    });

    expect(bare(chart, 'Deployment')[0].spec.template.spec).toStrictEqual({
      containers: [
        { image: 'a:1', name: 'a', volumeMounts: [{ mountPath: '/etc/web', name: 'config' }] },
        { image: 'b:1', name: 'b', volumeMounts: [{ mountPath: '/etc/web', name: 'config' }] },
      ],
      volumes: [{ configMap: { name: 'config' }, name: 'config' }],
    });
  });

  test('with a token have it resolved', () => {
    const late = Lazy.any({ produce: () => 'late' }) as string;

    expect(container({ envVariables: { A: kplus.EnvValue.fromValue(late) } }).env).toEqual([
      { name: 'A', value: 'late' },
    ]);
  });
});

test('how its pods are replaced', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', {
    containers,
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.absolute(2),
      maxUnavailable: kplus.PercentOrAbsolute.percent(0),
    }),
    minReady: Duration.seconds(10),
    progressDeadline: Duration.minutes(20),
    revisionHistoryLimit: 3,
    paused: true,
    podAnnotations: { scrape: 'true' },
    restartToken: '2026-03-01',
  });

  expect(bare(chart, 'Deployment')[0].spec).toStrictEqual({
    minReadySeconds: 10,
    paused: true,
    progressDeadlineSeconds: 1200,
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
    strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: '0%' }, type: 'RollingUpdate' },
    template: {
      metadata: {
        annotations: { scrape: 'true', 'workload.cdk8s-karmada.io/restart-token': '2026-03-01' },
        labels: { 'app.kubernetes.io/name': 'web' },
      },
      spec: { containers: [{ image: 'registry.example/web:1', name: 'main' }] },
    },
  });
});

test('pods are replaced all at once when asked', () => {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { containers, strategy: kplus.DeploymentStrategy.recreate() });

  expect(bare(chart, 'Deployment')[0].spec.strategy).toStrictEqual({ type: 'Recreate' });
});

test('the template can be patched', () => {
  const chart = aChart();
  const web = new MulticloudDeployment(chart, 'web', { containers });
  web.template.addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));

  expect(bare(chart, 'Deployment')[0].spec.minReadySeconds).toBe(5);
});

test('overrides go into one policy, a rule for each call', () => {
  const chart = aChart();
  const web = new MulticloudDeployment(chart, 'web', {
    namespace: 'shop',
    containers: [{ image: 'a:1', envVariables: { REGION: kplus.EnvValue.fromValue('none') } }],
  });
  web.overrideOn(ClusterSelector.names('berlin'), Overrider.image({ tag: '2' }), Overrider.env('REGION', 'eu'));
  web.overrideOn(ClusterSelector.labels({ tier: 'edge' }), Overrider.label('tier', 'edge'));

  expect(bare(chart, 'OverridePolicy')).toStrictEqual([
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'web-deployment', namespace: 'shop' },
      spec: {
        overrideRules: [
          {
            overriders: {
              imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }],
              plaintext: [
                {
                  operator: 'replace',
                  path: '/spec/template/spec/containers/0/env/0',
                  value: { name: 'REGION', value: 'eu' },
                },
              ],
            },
            targetCluster: { clusterNames: ['berlin'] },
          },
          {
            overriders: { labelsOverrider: [{ operator: 'add', value: { tier: 'edge' } }] },
            targetCluster: { labelSelector: { matchLabels: { tier: 'edge' } } },
          },
        ],
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }],
      },
    },
  ]);
});

test('names stay the same wherever the construct is', () => {
  const chart = aChart();
  new MulticloudDeployment(new MulticloudDeployment(chart, 'outer', { containers }), 'web', { containers });

  expect(objects(chart).map(({ metadata }) => metadata.name)).toEqual([
    'outer',
    'outer-deployment',
    'web',
    'web-deployment',
  ]);
});

describe('fails when', () => {
  const LABEL_RULE = 'lower case letters, digits and -, beginning and ending with a letter or a digit';

  test.each<[string, Partial<MulticloudDeploymentProps>, string[]]>([
    [
      'the name cannot be one',
      { name: 'shop_web' },
      [
        '"shop_web" cannot be the name of a deployment',
        '  at shop/web',
        `  fix: give a \`name\` of at most 63 characters: ${LABEL_RULE}`,
      ],
    ],
    [
      'there are no containers',
      { containers: [] },
      [
        'a deployment needs a container, got none',
        '  at shop/web',
        '  fix: give one in `containers`, at least its `image`',
      ],
    ],
    [
      'two containers have one name',
      { containers: [...containers, ...containers] },
      [
        'two containers have the name "main"',
        '  at shop/web',
        '  fix: give each a `name` of its own; one without is called main',
      ],
    ],
    [
      'a container has a restart policy',
      { containers: [{ image: 'a:1', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS }] },
      [
        'container "main" has a `restartPolicy`, which only init containers may have',
        '  at shop/web',
        '  fix: leave it out, or make the container one of `initContainers`',
      ],
    ],
    [
      'replicas are negative',
      { replicas: -1 },
      ['`replicas` must be a whole number of 0 or more, got -1', '  at shop/web', '  fix: give one of 0 or more'],
    ],
    [
      'a rollout could never succeed',
      { minReady: Duration.minutes(10) },
      [
        '`progressDeadline` is 600 s and `minReady` 600 s, so no rollout would ever succeed',
        '  at shop/web',
        '  fix: give a `progressDeadline` that is longer than `minReady`',
      ],
    ],
    [
      'a duration is no whole number of seconds',
      { progressDeadline: Duration.millis(1500) },
      [
        '`progressDeadline` must be a whole number of seconds, got 1.5',
        '  at shop/web',
        '  fix: give whole seconds, at most 2147483647',
      ],
    ],
    [
      'the history is negative',
      { revisionHistoryLimit: -1 },
      [
        '`revisionHistoryLimit` must be a whole number of 0 or more, got -1',
        '  at shop/web',
        '  fix: give one of 0 or more',
      ],
    ],
    [
      'the selector is empty',
      { selector: {} },
      [
        '`selector` is empty, so it would select every pod',
        '  at shop/web',
        '  fix: give one label or more, or leave it out',
      ],
    ],
    [
      'pods would not be selected',
      { podLabels: { 'app.kubernetes.io/name': 'other' } },
      [
        'the pods are selected by the label "app.kubernetes.io/name" with value "web", and `podLabels` gives it "other"',
        '  at shop/web',
        '  fix: leave it out of `podLabels`, or give the same in `selector`',
      ],
    ],
  ])('%s', (_, props, lines) => {
    expect(messageOf(() => new MulticloudDeployment(aChart(), 'web', { containers, ...props }))).toBe(lines.join('\n'));
  });

  test('two volumes have one name', () => {
    const chart = aChart();
    const volumes = ['a', 'b'].map((id) => kplus.Volume.fromEmptyDir(chart, id, 'data'));
    const volumeMounts = volumes.map((volume, index) => ({ path: `/${index}`, volume }));

    expect(
      messageOf(() => new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1', volumeMounts }] })),
    ).toBe(
      [
        'two volumes have the name "data"',
        '  at shop/web',
        '  fix: give one of them another name, or mount the same volume in both places',
      ].join('\n'),
    );
  });

  test('several things are wrong, with all of them', () => {
    const message = messageOf(
      () => new MulticloudDeployment(aChart(), 'web', { name: '', replicas: 0.5, containers: [] }),
    );

    expect(message.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      '"" cannot be the name of a deployment',
      'a deployment needs a container, got none',
      '`replicas` must be a whole number of 0 or more, got 0.5',
    ]);
  });

  test('an override is empty', () => {
    const web = new MulticloudDeployment(aChart(), 'web', { containers });

    expect(messageOf(() => web.overrideOn(ClusterSelector.all()))).toBe(
      [
        'a rule is given no overrides, so it would change nothing',
        '  at shop/web/Overrides (OverridePolicy/default/web-deployment)',
        "  fix: give one or more, such as Overrider.env('REGION', 'eu')",
      ].join('\n'),
    );
  });
});
