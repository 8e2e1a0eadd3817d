import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Findings } from '../../src/core/findings';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { InstanceDeletion } from '../../src/instance/instance-deletion';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { anInstance, find, listed, oneMember, threeMembers } from './an-instance';

describe('what the host gets', () => {
  test('everything of the smallest complete control plane, each object with its wave', () => {
    expect(listed(anInstance().host)).toEqual([
      '0 Namespace/karmada-system',
      '- ConfigMap/east-east-host',
      '0 ConfigMap/karmada-component-kubeconfig',
      '0 ConfigMap/east-pki-plan',
      '0 Service/etcd',
      '0 Service/etcd-client',
      '2 StatefulSet/etcd',
      '0 PodDisruptionBudget/etcd',
      '0 ServiceAccount/etcd',
      '0 NetworkPolicy/etcd',
      '0 Service/karmada-apiserver',
      '3 Deployment/karmada-apiserver',
      '0 PodDisruptionBudget/karmada-apiserver',
      '0 ServiceAccount/karmada-apiserver',
      '0 NetworkPolicy/karmada-apiserver',
      '0 Service/karmada-aggregated-apiserver',
      '4 Deployment/karmada-aggregated-apiserver',
      '0 PodDisruptionBudget/karmada-aggregated-apiserver',
      '0 ServiceAccount/karmada-aggregated-apiserver',
      '0 NetworkPolicy/karmada-aggregated-apiserver',
      '4 Deployment/karmada-kube-controller-manager',
      '0 PodDisruptionBudget/karmada-kube-controller-manager',
      '0 ServiceAccount/karmada-kube-controller-manager',
      '0 NetworkPolicy/karmada-kube-controller-manager',
      '6 Deployment/karmada-controller-manager',
      '0 PodDisruptionBudget/karmada-controller-manager',
      '0 ServiceAccount/karmada-controller-manager',
      '0 NetworkPolicy/karmada-controller-manager',
      '6 Deployment/karmada-scheduler',
      '0 PodDisruptionBudget/karmada-scheduler',
      '0 ServiceAccount/karmada-scheduler',
      '0 NetworkPolicy/karmada-scheduler',
      '0 Service/karmada-webhook',
      '6 Deployment/karmada-webhook',
      '0 PodDisruptionBudget/karmada-webhook',
      '0 ServiceAccount/karmada-webhook',
      '0 NetworkPolicy/karmada-webhook',
    ]);
  });

  test('the ApplySet parent says whose it is and what deletion means', () => {
    expect(find(anInstance().host, 'ConfigMap', 'east-east-host')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        annotations: {
          'cdk8s-karmada.io/chart': 'east',
          'cdk8s-karmada.io/deletion': 'release',
          'cdk8s-karmada.io/instance': 'east',
          'cdk8s-karmada.io/target': 'host',
          'cdk8s-karmada.io/version': 'v1.18.2',
        },
        labels: { 'applyset.kubernetes.io/id': 'applyset-7evR7sxIRGvoLNcNqVwKLeiSOfNJ-9OhpWPC0kt1Cf8-v1' },
        name: 'east-east-host',
        namespace: 'karmada-system',
      },
    });
  });

  test('objects carry the path of their construct', () => {
    const { metadata } = find(anInstance().host, 'StatefulSet', 'etcd');
    expect(metadata).toEqual({
      annotations: { 'cdk8s-karmada.io/path': 'east/Etcd/StatefulSet', 'cdk8s-karmada.io/wave': '2' },
      labels: {
        app: 'etcd',
        'app.kubernetes.io/instance': 'east',
        'app.kubernetes.io/managed-by': 'cdk8s-karmada',
        'app.kubernetes.io/name': 'etcd',
        'app.kubernetes.io/part-of': 'karmada',
        'app.kubernetes.io/version': 'v1.18.2',
      },
      name: 'etcd',
      namespace: 'karmada-system',
    });
  });

  test('with one member of etcd every component has one pod, and nothing limits evictions', () => {
    const { host } = anInstance({ etcd: oneMember });
    expect(host.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.replicas)).toEqual(Array(6).fill(1));
    expect(host.filter(({ kind }) => kind === 'PodDisruptionBudget')).toEqual([]);
  });

  test('replicas of one component', () => {
    const { host } = anInstance({
      components: { karmadaWebhook: { replicas: 3 }, kubeControllerManager: { replicas: 1 } },
    });
    expect(
      host.filter(({ kind }) => kind === 'Deployment').map(({ metadata, spec }) => [metadata.name, spec.replicas]),
    ).toEqual([
      ['karmada-apiserver', 2],
      ['karmada-aggregated-apiserver', 2],
      ['karmada-kube-controller-manager', 1],
      ['karmada-controller-manager', 2],
      ['karmada-scheduler', 2],
      ['karmada-webhook', 3],
    ]);
  });

  test('another namespace is that of every object, and of the names of all Services', () => {
    const { instance, host, karmada } = anInstance({ namespace: 'fleet', clusterDomain: 'corp.internal' });
    expect(instance.namespace).toBe('fleet');
    expect(new Set(host.slice(1).map(({ metadata }) => metadata.namespace))).toEqual(new Set(['fleet']));
    const text = JSON.stringify(host.filter(({ metadata }) => metadata.name !== 'east-pki-plan'));
    expect(text).not.toMatch(/cluster\.local|karmada-system\.svc/);
    expect(find(karmada, 'Service', 'karmada-aggregated-apiserver').spec.externalName).toBe(
      'karmada-aggregated-apiserver.fleet.svc.corp.internal',
    );
    expect(JSON.stringify(karmada)).not.toContain('karmada-webhook.karmada-system');
  });
});

describe('images', () => {
  const images = (objects: any[]) =>
    objects.flatMap(({ spec }) => spec?.template?.spec.containers.map(({ image }: any) => image) ?? []);

  test.each([
    [KarmadaVersion.V1_16, 'v1.16.8', 'v1.34.1', '3.6.0-0'],
    [KarmadaVersion.V1_17, 'v1.17.5', 'v1.35.2', '3.6.6-0'],
    [KarmadaVersion.V1_18, 'v1.18.2', 'v1.35.2', '3.6.6-0'],
    [KarmadaVersion.of('v1.99.0'), 'v1.99.0', 'v1.35.2', '3.6.6-0'],
  ])('of release %#', (version, karmada, kubernetes, etcd) => {
    expect(images(anInstance({ version }).host)).toEqual([
      `registry.k8s.io/etcd:${etcd}`,
      `registry.k8s.io/kube-apiserver:${kubernetes}`,
      `docker.io/karmada/karmada-aggregated-apiserver:${karmada}`,
      `registry.k8s.io/kube-controller-manager:${kubernetes}`,
      `docker.io/karmada/karmada-controller-manager:${karmada}`,
      `docker.io/karmada/karmada-scheduler:${karmada}`,
      `docker.io/karmada/karmada-webhook:${karmada}`,
    ]);
  });

  test('of a private registry lie side by side', () => {
    expect(images(anInstance({ privateRegistry: 'registry.example.com:5000/mirror' }).host)).toEqual([
      'registry.example.com:5000/mirror/etcd:3.6.6-0',
      'registry.example.com:5000/mirror/kube-apiserver:v1.35.2',
      'registry.example.com:5000/mirror/karmada-aggregated-apiserver:v1.18.2',
      'registry.example.com:5000/mirror/kube-controller-manager:v1.35.2',
      'registry.example.com:5000/mirror/karmada-controller-manager:v1.18.2',
      'registry.example.com:5000/mirror/karmada-scheduler:v1.18.2',
      'registry.example.com:5000/mirror/karmada-webhook:v1.18.2',
    ]);
  });
});

test('a new version changes no selector: those of a workload can never be changed', () => {
  const selectors = (version: KarmadaVersion) =>
    anInstance({ version })
      .host.filter(({ spec }) => spec?.selector)
      .map(({ kind, metadata, spec }) => [kind, metadata.name, spec.selector]);
  expect(selectors(KarmadaVersion.V1_16)).toEqual(selectors(KarmadaVersion.V1_18));
});

test('the virtual cluster is named after the instance', () => {
  expect(anInstance({ instanceName: 'eu-1' }).instance.virtualClusterName).toBe('k-eu-1');
});

describe('findings', () => {
  const found = (instance: MulticloudInstance) =>
    Findings.of(instance).all.map(({ code, level, object, message }) => [code, level, object, message]);

  test('none for the defaults', () => {
    expect(found(anInstance().instance)).toEqual([]);
  });

  test('a control plane that outlives its instance, and a release that the library does not know', () => {
    const { instance, host } = anInstance({
      deletion: InstanceDeletion.RETAIN_KARMADA,
      version: KarmadaVersion.of('v1.99.0'),
    });
    expect(host[1].metadata.annotations['cdk8s-karmada.io/deletion']).toBe('retain');
    expect(found(instance)).toEqual([
      [
        'MC104',
        'warning',
        'ConfigMap/karmada-system/east-east-host',
        'the control plane goes on running when the instance is deleted, and nothing looks after it then',
      ],
      [
        'MC105',
        'warning',
        'ConfigMap/karmada-system/east-east-host',
        'Karmada v1.99.0 is newer than what this library knows: it is installed as v1.18 would be',
      ],
    ]);
  });

  test('data in a folder of one node', () => {
    const etcd = EtcdStorage.hostPath({ nodeSelector: { disk: 'ssd' } });
    expect(found(anInstance({ etcd }).instance)).toEqual([
      [
        'MC101',
        'warning',
        'StatefulSet/karmada-system/etcd',
        'etcd keeps its data in the folder /var/lib/east-karmada-etcd of one node: the instance is down while that node is',
      ],
    ]);
  });
});

describe('fails', () => {
  const message = (action: () => unknown) => {
    try {
      action();
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };

  test('with everything that is wrong at once', () => {
    expect(
      message(() =>
        anInstance({
          instanceName: 'East_',
          namespace: 'kube-system',
          clusterDomain: 'cluster.local.',
          privateRegistry: 'https://registry.example.com/',
          certificateLifetime: Duration.hours(36),
          components: { karmadaScheduler: { replicas: 0 } },
        }),
      ),
    ).toBe(
      [
        'instanceName must be lower case letters, digits and -, beginning and ending with a letter or a digit, got "East_"',
        '  at east',
        '  fix: use a name such as east or eu-1',
        'namespace must be one that the instance has for itself, got "kube-system"',
        '  at east',
        '  fix: leave it out to use karmada-system: the namespace goes when the instance is destroyed',
        'clusterDomain must be a DNS domain without a dot at its end, got "cluster.local."',
        '  at east',
        '  fix: leave it out to use cluster.local, or take it from the "search" line of /etc/resolv.conf in a pod of the host',
        'privateRegistry must be a host with an optional port and path, got "https://registry.example.com/"',
        '  at east',
        '  fix: write it as registry.example.com:5000/karmada, without a scheme and without a slash at its end',
        'certificateLifetime must be whole days, 1 to 3650, got 1.5 days',
        '  at east',
        '  fix: use Duration.days(365), or leave it out: certificates are renewed when a third of it is left',
        'replicas of karmadaScheduler must be a whole number, 1 or more, got 0',
        '  at east',
        '  fix: use 2, which survives the loss of a node, or leave it out',
      ].join('\n'),
    );
  });

  test('when the name of the virtual cluster would be too long for Karmada', () => {
    const instanceName = 'a'.repeat(47);
    expect(message(() => anInstance({ instanceName }))).toBe(
      [
        `instanceName must be 46 characters or less, got 47: its virtual cluster "k-${instanceName}" would have 49, and Karmada takes 48`,
        '  at east',
        '  fix: use a shorter name',
      ].join('\n'),
    );
    expect(anInstance({ instanceName: 'a'.repeat(46) }).instance.virtualClusterName).toHaveLength(48);
  });

  test('when the namespace is no DNS label', () => {
    expect(message(() => anInstance({ namespace: 'Karmada System' }))).toBe(
      [
        'namespace must be lower case letters, digits and -, beginning and ending with a letter or a digit, at most 63, got "Karmada System"',
        '  at east',
        '  fix: leave it out to use karmada-system',
      ].join('\n'),
    );
  });

  test('when two instances have one name', () => {
    const app = new App();
    const east = new MulticloudInstance(app, 'east', { instanceName: 'east', etcd: threeMembers });
    new MulticloudInstance(app, 'west', { instanceName: 'east', etcd: threeMembers, namespace: 'west' });
    expect(message(() => east.toJson())).toBe(
      [
        'Validation failed with the following errors:',
        '  [east] two instances have one name, "east"',
        '    at east and west',
        '    fix: give one of the two another instanceName',
      ].join('\n'),
    );
  });
});

describe('a Karmada that runs already', () => {
  test('synthesizes nothing, and charts can be bound to it', () => {
    const app = new App();
    const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east', namespace: 'karmada' });
    const chart = new MulticloudChart(app, 'shop', { instance });
    expect(Chart.isChart(instance)).toBe(false);
    expect(app.charts).toEqual([chart]);
    expect([instance.instanceName, instance.version.version, instance.namespace, instance._existing]).toEqual([
      'east',
      'v1.18.2',
      'karmada',
      true,
    ]);
  });

  test('fails when its name is no DNS label', () => {
    expect(() => MulticloudInstance.fromExisting(new App(), 'east', { instanceName: '' })).toThrow(
      new Error(
        [
          'instanceName must be lower case letters, digits and -, beginning and ending with a letter or a digit, got ""',
          '  at east',
          '  fix: use a name such as east or eu-1',
        ].join('\n'),
      ),
    );
  });

  test('says what its API server would say to an object', () => {
    const instance = MulticloudInstance.fromExisting(new App(), 'east', { instanceName: 'east' });
    const policy = { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy', metadata: { name: 'p' } };
    expect(instance._admit({ ...policy, spec: {} }).map(({ path }) => path)).toEqual(['spec.resourceSelectors']);
    expect(anInstance().instance._admit({ ...policy, spec: {} })).toEqual(instance._admit({ ...policy, spec: {} }));
  });

  test('a release newer than the library knows is one finding, however many charts go there', () => {
    const app = new App();
    const version = KarmadaVersion.of('v1.99.0');
    const instance = MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east', version });
    for (const id of ['shop', 'bank']) new MulticloudChart(app, id, { instance });
    expect(Findings.of(app).all).toEqual([
      {
        code: 'MC105',
        level: 'warning',
        path: 'metadata.annotations[cdk8s-karmada.io/version]',
        message: 'Karmada v1.99.0 is newer than what this library knows: objects are checked as v1.18 would check them',
        fix: 'update cdk8s-karmada, or read the release notes for fields and rules that changed',
        constructPath: 'shop/ApplySetParent',
        object: 'ConfigMap/cdk8s-karmada/east-shop-karmada',
        acknowledged: undefined,
      },
    ]);
  });

  test('an older one refuses what came after it, at synth', () => {
    const app = new App();
    const instance = MulticloudInstance.fromExisting(app, 'east', {
      instanceName: 'east',
      version: KarmadaVersion.V1_16,
    });
    const chart = new MulticloudChart(app, 'shop', { instance });
    new ApiObject(chart, 'policy', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'p' },
      spec: {
        resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap' }],
        placement: { workloadAffinity: { affinity: { groupByLabelKey: 'app' } } },
      },
    });
    expect(() => app.synth()).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          '  [shop] spec.placement.workloadAffinity is known to Karmada v1.17 and later, and this instance runs v1.16.8',
          '    at shop/policy (PropagationPolicy/default/p), field spec.placement.workloadAffinity',
          '    fix: remove it, or upgrade the instance to v1.17',
        ].join('\n'),
      ),
    );
  });
});
