import { JsonPatch, Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { KarmadaVersion } from '../../src/core/karmada-version';
import type { ComponentsOptions } from '../../src/instance/component-options';
import { EtcdStorage } from '../../src/instance/etcd-storage';
import { messageOf } from '../core/fake-instance';
import { anInstance, find, flagsOf, podOf } from './an-instance';

const podsOf = (components: ComponentsOptions, name = 'karmada-scheduler', kind = 'Deployment') =>
  podOf(find(anInstance({ components }).host, kind, name));
const refusal = (components: ComponentsOptions, version = KarmadaVersion.V1_18) =>
  messageOf(() => anInstance({ components, version }));

describe('where pods run', () => {
  test('nodes, taints, affinity and spread are those that are given', () => {
    const { spec } = podsOf({
      karmadaScheduler: {
        nodeSelector: { pool: 'control' },
        tolerations: [{ key: 'dedicated', operator: 'Exists' }],
        affinity: { nodeAffinity: {} },
        topologySpreadConstraints: [{ maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' }],
      },
    });
    expect([spec.nodeSelector, spec.tolerations, spec.affinity]).toEqual([
      { pool: 'control' },
      [{ key: 'dedicated', operator: 'Exists' }],
      { nodeAffinity: {} },
    ]);
    expect(spec.topologySpreadConstraints).toEqual([
      {
        maxSkew: 2,
        topologyKey: 'rack',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'karmada-scheduler', 'app.kubernetes.io/instance': 'east' },
        },
      },
    ]);
  });

  test('a folder of one node keeps its node, whatever else is asked', () => {
    const etcd = EtcdStorage.hostPath({ nodeSelector: { disk: 'ssd' } });
    const { host } = anInstance({ etcd, components: { etcd: { nodeSelector: { disk: 'any', pool: 'control' } } } });
    expect(podOf(find(host, 'StatefulSet', 'etcd')).spec.nodeSelector).toEqual({ disk: 'ssd', pool: 'control' });
  });

  test('requests that are named replace the default, limits are added', () => {
    const quantity = k8s.Quantity.fromString;
    const { container } = podsOf({
      karmadaScheduler: { resources: { requests: { cpu: quantity('1') }, limits: { memory: quantity('2Gi') } } },
    });
    expect(container.resources).toEqual({ requests: { cpu: '1', memory: '128Mi' }, limits: { memory: '2Gi' } });
  });

  test('a system class of priority brings the quota that some hosts ask for', () => {
    const { host } = anInstance({ priorityClassName: 'system-cluster-critical' });
    const workloads = host.filter(({ spec }) => spec?.template);
    expect(workloads.map((workload) => podOf(workload).spec.priorityClassName)).toEqual(
      workloads.map(() => 'system-cluster-critical'),
    );
    expect(find(host, 'ResourceQuota', 'karmada-critical-pods').spec).toEqual({
      hard: { pods: '1000' },
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['system-cluster-critical'] }],
      },
    });
    expect(anInstance({ priorityClassName: 'fleet' }).host.filter(({ kind }) => kind === 'ResourceQuota')).toEqual([]);
  });
});

describe('images', () => {
  test('of one component, with a digest', () => {
    const image = `registry.example.com/karmada/karmada-scheduler@sha256:${'a'.repeat(64)}`;
    expect(podsOf({ karmadaScheduler: { image } }).container.image).toBe(image);
  });

  test('are pulled with the Secrets that are named', () => {
    const { host } = anInstance({ imagePullSecrets: ['mirror'] });
    const workloads = host.filter(({ spec }) => spec?.template);
    expect(workloads).toHaveLength(7);
    for (const workload of workloads) expect(podOf(workload).spec.imagePullSecrets).toEqual([{ name: 'mirror' }]);
  });

  test.each(['karmada-scheduler', 'karmada-scheduler:latest', 'registry:5000/karmada-scheduler', 'a@sha256:b'])(
    'must not float: %s',
    (image) => {
      expect(refusal({ karmadaScheduler: { image } })).toBe(
        [
          `image of karmadaScheduler must have a digest or the tag of a release, got "${image}"`,
          '  at east',
          '  fix: write it like registry.example.com/karmada/karmada-scheduler:v1.18.2, or with @sha256: and the digest',
        ].join('\n'),
      );
    },
  );
});

describe('the start-up command', () => {
  test('takes more flags, and other values', () => {
    const { container } = podsOf({ karmadaScheduler: { extraArgs: { 'kube-api-qps': '80', v: '4' } } });
    expect(flagsOf(container)).toMatchObject({ 'kube-api-qps': '80', v: '4' });
    expect(container.args.filter((argument: string) => argument.startsWith('--v='))).toEqual(['--v=4']);
  });

  test('fails with everything that would keep a component from starting, or from being found', () => {
    expect(
      refusal({
        etcd: { extraArgs: { 'initial-cluster': 'x', 'snapshot-cont': '1' } },
        karmadaScheduler: {
          extraArgs: { '--v': '4', 'feature-gates': 'Failover=true', kubeconfig: '/x', qqqqqqqqqq: '' },
        },
      }),
    ).toBe(
      [
        'extraArgs of etcd has initial-cluster, by which the components find and trust each other',
        '  at east',
        '  fix: leave it out; where the object itself has to change, patch it (`addJsonPatch`)',
        'extraArgs of etcd has snapshot-cont, a flag that etcd of Karmada v1.18.2 does not have: it would not start',
        '  at east',
        '  fix: did you mean snapshot-count?',
        'extraArgs of karmadaScheduler has "--v", with dashes',
        '  at east',
        '  fix: write v',
        'extraArgs of karmadaScheduler has feature-gates, which all components have to agree on',
        '  at east',
        '  fix: name the gates in `featureGates` of the instance',
        'extraArgs of karmadaScheduler has kubeconfig, by which the components find and trust each other',
        '  at east',
        '  fix: leave it out; where the object itself has to change, patch it (`addJsonPatch`)',
        'extraArgs of karmadaScheduler has qqqqqqqqqq, a flag that karmada-scheduler of Karmada v1.18.2 does not have: it would not start',
        '  at east',
        '  fix: look it up in the release notes: it may have been renamed or removed',
      ].join('\n'),
    );
  });

  test('a flag that a release removed is refused there, and taken before', () => {
    const components = { karmadaControllerManager: { extraArgs: { 'cluster-lease-duration': '40s' } } };
    const { host } = anInstance({ components, version: KarmadaVersion.V1_17 });
    expect(flagsOf(podOf(find(host, 'Deployment', 'karmada-controller-manager')).container)).toMatchObject({
      'cluster-lease-duration': '40s',
    });
    expect(refusal(components)).toContain(
      'extraArgs of karmadaControllerManager has cluster-lease-duration, a flag that karmada-controller-manager of Karmada v1.18.2 does not have: it would not start',
    );
  });

  test('of the flags that are set, those can be replaced that nobody else relies on', () => {
    const components = {
      etcd: 'etcd',
      karmadaApiServer: 'karmada-apiserver',
      karmadaAggregatedApiServer: 'karmada-aggregated-apiserver',
      kubeControllerManager: 'karmada-kube-controller-manager',
      karmadaControllerManager: 'karmada-controller-manager',
      karmadaScheduler: 'karmada-scheduler',
      karmadaWebhook: 'karmada-webhook',
    };
    const { host } = anInstance();
    const replaceable = Object.entries(components).map(([prop, name]) => {
      const workload = host.find(({ spec, metadata }) => spec?.template && metadata.name === name);
      const flags = Object.keys(flagsOf(podOf(workload).container));
      const free = flags.filter((flag) => {
        try {
          return anInstance({ components: { [prop]: { extraArgs: { [flag]: '1' } } } });
        } catch {
          return false;
        }
      });
      return `${prop}: ${free.join(' ')}`;
    });
    expect(replaceable).toEqual([
      'etcd: tls-min-version quota-backend-bytes',
      'karmadaApiServer: allow-privileged authorization-mode disable-admission-plugins enable-bootstrap-token-auth max-mutating-requests-inflight max-requests-inflight tls-min-version v',
      'karmadaAggregatedApiServer: tls-min-version audit-log-path audit-log-maxage audit-log-maxbackup v',
      'kubeControllerManager: controllers leader-elect use-service-account-credentials v',
      'karmadaControllerManager: cluster-status-update-frequency v',
      'karmadaScheduler: v',
      'karmadaWebhook: v',
    ]);
  });

  test('what it says is what policies are admitted by', () => {
    const { instance } = anInstance({
      components: { karmadaWebhook: { extraArgs: { 'allow-no-execute-taint-policy': 'true' } } },
    });
    const policy = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterTaintPolicy',
      metadata: { name: 'p' },
      spec: {
        taints: [{ key: 'a', effect: 'NoExecute' }],
        addOnConditions: [{ conditionType: 'Ready', operator: 'In', statusValues: ['False'] }],
      },
    };
    expect(instance._admit(policy)).toEqual([]);
    expect(
      anInstance()
        .instance._admit(policy)
        .map(({ path }) => path),
    ).toEqual(['spec.taints[0]']);
  });
});

describe('feature gates', () => {
  const GATED = [
    'karmada-aggregated-apiserver',
    'karmada-controller-manager',
    'karmada-scheduler',
    'karmada-scheduler-estimator-berlin',
    'karmada-webhook',
  ];

  test('reach every component that reads them, and no other: it would not start', () => {
    const { host } = anInstance({
      featureGates: { PriorityBasedScheduling: true, Failover: true },
      components: {
        karmadaDescheduler: {},
        karmadaSearch: {},
        karmadaMetricsAdapter: {},
        karmadaSchedulerEstimator: { clusters: ['berlin'] },
      },
    });
    const gated = host
      .filter(({ spec }) => spec?.template)
      .filter((workload) => flagsOf(podOf(workload).container)['feature-gates'] !== undefined);
    expect(gated.map(({ metadata }) => metadata.name).sort()).toEqual(GATED);
    for (const workload of gated) {
      expect(flagsOf(podOf(workload).container)['feature-gates']).toBe('Failover=true,PriorityBasedScheduling=true');
    }
  });

  test('must be those of the release', () => {
    expect(
      messageOf(() => anInstance({ version: KarmadaVersion.V1_16, featureGates: { WorkloadAffinity: true } })),
    ).toMatch(/^featureGates has "WorkloadAffinity", which Karmada v1\.16\.8 does not have\n {2}at east\n {2}fix: /);
  });
});

describe('the way out', () => {
  test('a component can be patched where no prop is for it', () => {
    const { instance } = anInstance();
    instance.workloadOf('karmada-scheduler').addJsonPatch(
      // the path is that of RFC 6902
      JsonPatch.add('/spec/template/spec/hostNetwork', true),
    );
    expect(podOf(find(instance.toJson(), 'Deployment', 'karmada-scheduler')).spec.hostNetwork).toBe(true);
  });

  test('fails for a component that is not there', () => {
    const etcd = EtcdStorage.persistentVolumeClaim({ size: Size.gibibytes(10) });
    const { instance } = anInstance({ etcd });
    expect(messageOf(() => instance.workloadOf('karmada-sheduler'))).toBe(
      [
        'instance "east" has no component "karmada-sheduler"',
        '  at east',
        '  fix: did you mean karmada-scheduler? known components: etcd, karmada-aggregated-apiserver, karmada-apiserver, karmada-controller-manager, karmada-kube-controller-manager, karmada-scheduler, karmada-webhook',
      ].join('\n'),
    );
  });
});
