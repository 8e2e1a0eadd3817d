import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Placement } from '../../src/policy/placement';
import { MulticloudStatefulSet, type MulticloudStatefulSetProps } from '../../src/workload/multicloud-stateful-set';
import { aChart, bare, messageOf } from '../core/fake-instance';

const least: MulticloudStatefulSetProps = { serviceName: 'queue', containers: [{ image: 'registry.example/queue:3' }] };

test('minimal: a stateful set that says nothing that nobody asked for, and its policy', () => {
  const chart = aChart();
  new MulticloudStatefulSet(chart, 'queue', least);

  expect(bare(chart, 'StatefulSet')).toStrictEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'queue', namespace: 'default' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'queue' } },
        serviceName: 'queue',
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': 'queue' } },
          spec: { containers: [{ image: 'registry.example/queue:3', name: 'main' }] },
        },
      },
    },
  ]);
  expect(bare(chart, 'PropagationPolicy')[0]).toMatchObject({
    metadata: { name: 'queue-statefulset' },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'queue', namespace: 'default' }] },
  });
});

test('everything but the pods', () => {
  const chart = aChart();
  new MulticloudStatefulSet(chart, 'queue', {
    serviceName: 'queue-pods',
    replicas: 3,
    containers: [
      { name: 'queue', image: 'a:1', volumeMounts: [mount(chart, 'tmp')] },
      { name: 'backup', image: 'b:1' },
    ],
    claims: [
      { name: 'data', size: Size.gibibytes(10), mountPath: '/data', storageClass: 'fast' },
      {
        name: 'copy',
        size: Size.mebibytes(512),
        mountPath: '/copy',
        container: 'backup',
        accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
      },
    ],
    podManagementPolicy: kplus.PodManagementPolicy.PARALLEL,
    updateStrategy: kplus.StatefulSetUpdateStrategy.rollingUpdate({ partition: 2 }),
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    minReady: Duration.seconds(5),
    restartToken: 'a',
    placement: Placement.aggregated({ clusters: ClusterSelector.names('berlin') }),
  });

  expect(bare(chart, 'StatefulSet')[0].spec).toStrictEqual({
    minReadySeconds: 5,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    podManagementPolicy: 'Parallel',
    replicas: 3,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'queue' } },
    serviceName: 'queue-pods',
    template: {
      metadata: {
        annotations: { 'workload.cdk8s-karmada.io/restart-token': 'a' },
        labels: { 'app.kubernetes.io/name': 'queue' },
      },
      spec: {
        containers: [
          {
            image: 'a:1',
            name: 'queue',
            volumeMounts: [
              { mountPath: '/tmp', name: 'tmp' },
              { mountPath: '/data', name: 'data' },
            ],
          },
          { image: 'b:1', name: 'backup', volumeMounts: [{ mountPath: '/copy', name: 'copy' }] },
        ],
        volumes: [{ emptyDir: {}, name: 'tmp' }],
      },
    },
    updateStrategy: { rollingUpdate: { partition: 2 }, type: 'RollingUpdate' },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '10Gi' } },
          storageClassName: 'fast',
        },
      },
      {
        metadata: { name: 'copy' },
        spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '512Mi' } } },
      },
    ],
  });
});

function mount(chart: ReturnType<typeof aChart>, name: string): kplus.VolumeMount {
  return { path: `/${name}`, volume: kplus.Volume.fromEmptyDir(chart, name, name) };
}

describe('fails when', () => {
  const rule = 'lower case letters, digits and -, beginning and ending with a letter or a digit';
  const claim = { name: 'data', size: Size.gibibytes(1), mountPath: '/data' };

  test.each<[string, Partial<MulticloudStatefulSetProps>, string[]]>([
    [
      'the name leaves no room for the revision that Kubernetes labels pods with',
      { name: 'q'.repeat(53) },
      [`"${'q'.repeat(53)}" cannot be the name of a stateful set`, `give a \`name\` of at most 52 characters: ${rule}`],
    ],
    [
      'the service has no name',
      { serviceName: '' },
      ['"" cannot be the name of a service', `give a \`serviceName\` of at most 63 characters: ${rule}`],
    ],
    [
      'replicas are no whole number',
      { replicas: 1.5 },
      ['`replicas` must be a whole number of 0 or more, got 1.5', 'give one of 0 or more'],
    ],
    [
      'two claims have one name',
      { claims: [claim, { ...claim, mountPath: '/other' }] },
      ['two claims, or a claim and a volume, have the name "data"', 'give one of them another name'],
    ],
    [
      'two claims are mounted at one path',
      { claims: [claim, { ...claim, name: 'other' }] },
      ['container "main" mounts a claim at "/data", and something else too', 'give the claim another `mountPath`'],
    ],
    [
      'a claim is for a container that is not there',
      { claims: [{ ...claim, container: 'web' }] },
      [
        'the claim "data" is for the container "web", and there is none of that name',
        'give one of main, or leave `container` out',
      ],
    ],
    [
      'a claim cannot have its name',
      { claims: [{ ...claim, name: 'Data' }] },
      ['"Data" cannot be the name of a claim', `give a \`name\` of at most 63 characters: ${rule}`],
    ],
    [
      'a claim has no path',
      { claims: [{ ...claim, mountPath: '' }] },
      ['the claim "data" is mounted at no path', 'give its `mountPath`'],
    ],
    [
      'a claim has no access modes',
      { claims: [{ ...claim, accessModes: [] }] },
      ['the claim "data" has no access modes', 'give one in `accessModes`, or leave it out'],
    ],
    [
      'a claim has a size that cannot be said',
      { claims: [{ ...claim, size: Size.kibibytes(0.5) }] },
      [
        'the `size` of the claim "data" is no whole number of KiB',
        'give it with Size.gibibytes or another unit of Size',
      ],
    ],
    [
      'a storage class cannot have its name',
      { claims: [{ ...claim, storageClass: 'fast disks' }] },
      ['"fast disks" cannot be the name of a storage class', `give a name of at most 253 characters: ${rule}`],
    ],
    [
      'what becomes of claims is no word of Kubernetes',
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Drop' } },
      ['`persistentVolumeClaimRetentionPolicy.whenDeleted` is "Drop"', 'give Retain or Delete'],
    ],
  ])('%s', (_, props, [what, fix]) => {
    expect(messageOf(() => new MulticloudStatefulSet(aChart(), 'queue', { ...least, ...props }))).toBe(
      [what, '  at shop/queue', `  fix: ${fix}`].join('\n'),
    );
  });
});
