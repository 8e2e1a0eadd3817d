import { ApiObject, type Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as newest from 'cdk8s-plus-34';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { Placement } from '../../src/policy/placement';
import { MulticloudObject } from '../../src/workload/multicloud-object';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

const backup = { apiVersion: 'backup.example/v1', kind: 'Backup', metadata: { name: 'nightly' }, spec: { at: 3 } };

/** As kubectl prints a workload that runs. */
const RUNNING = `
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    deployment.kubernetes.io/revision: "7"
    kubectl.kubernetes.io/last-applied-configuration: |
      {"kind":"Deployment"}
    shadow.clusterpedia.io/cluster-name: berlin
    team: shop
  creationTimestamp: "2025-03-01T10:00:00Z"
  generation: 7
  labels: {app: web}
  managedFields:
  - manager: kubectl
  name: web
  namespace: shop
  resourceVersion: "123"
  uid: 2d4ab6c2-0000-0000-0000-000000000000
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      annotations: {kubectl.kubernetes.io/restartedAt: "2025-03-02T10:00:00Z"}
      creationTimestamp: null
      labels: {app: web}
    spec:
      containers:
      - {image: web:1, name: web, resources: {}, securityContext: {runAsUser: 0}}
      securityContext: {}
      volumes:
      - {name: settings, configMap: {name: settings, defaultMode: 0644}}
status: {replicas: 3}
`;

describe('from a manifest', () => {
  test('a custom kind, with policies of its own', () => {
    const chart = aChart();
    new MulticloudObject(chart, 'Nightly', { manifest: backup, description: 'at three', deletionProtection: true });

    expect(bare(chart, 'Backup')).toStrictEqual([
      {
        ...backup,
        metadata: {
          annotations: { 'kairship.io/describe': 'at three' },
          labels: { 'resourcetemplate.karmada.io/deletion-protected': 'Always' },
          name: 'nightly',
          namespace: 'default',
        },
      },
    ]);
    expect(bare(chart, 'PropagationPolicy')).toMatchObject([
      {
        metadata: { name: 'nightly-backup', namespace: 'default' },
        spec: {
          propagateDeps: true,
          resourceSelectors: [
            { apiVersion: 'backup.example/v1', kind: 'Backup', name: 'nightly', namespace: 'default' },
          ],
        },
      },
    ]);
  });

  test('a cluster-scoped one, known or said to be, goes out with cluster policies', () => {
    const chart = aChart();
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'read' },
      rules: [],
    };
    new MulticloudObject(chart, 'Role', { manifest: role });
    const object = new MulticloudObject(chart, 'Nightly', { manifest: backup, clusterScoped: true });
    object.overrideOn(ClusterSelector.names('berlin'), Overrider.label('at', 'four'));

    expect(bare(chart, 'Backup')).toStrictEqual([backup]);
    expect(bare(chart, 'PropagationPolicy')).toStrictEqual([]);
    expect(
      bare(chart, 'ClusterPropagationPolicy').map(({ metadata, spec }) => [metadata, spec.resourceSelectors]),
    ).toStrictEqual([
      [{ name: 'read-clusterrole' }, [{ apiVersion: role.apiVersion, kind: 'ClusterRole', name: 'read' }]],
      [{ name: 'nightly-backup' }, [{ apiVersion: 'backup.example/v1', kind: 'Backup', name: 'nightly' }]],
    ]);
    expect(bare(chart, 'ClusterPropagationPolicy')[1].spec.dependentOverrides).toStrictEqual(['nightly-backup']);
    expect(bare(chart, 'ClusterOverridePolicy')).toMatchObject([
      { metadata: { name: 'nightly-backup' }, spec: { resourceSelectors: [{ kind: 'Backup', name: 'nightly' }] } },
    ]);
  });

  test('all that is wrong is said', () => {
    const chart = aChart();
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, stringData: { key: 'hunter2' } };
    expect(
      messageOf(() => new MulticloudObject(chart, 'Key', { manifest: secret, description: 'x'.repeat(513) })),
    ).toBe(
      `Secret key has values in \`stringData\`, and everybody who reads the output would read them
  at shop/Key
  fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied
\`description\` has 513 characters, and 512 is the most
  at shop/Key
  fix: make it shorter`,
    );
    expect(messageOf(() => new MulticloudObject(chart, 'Bare', { manifest: { kind: 'Backup' } }))).toBe(
      `\`manifest\` is no object of Kubernetes: it has no apiVersion, no metadata.name
  at shop/Bare
  fix: give the whole object: apiVersion, kind, metadata.name, and what its kind has`,
    );
  });
});

describe('of an object that something else makes', () => {
  test.each([
    ['cdk8s-plus-28', (chart: Chart) => new kplus.Service(chart, 'Web', { ports: [{ port: 80 }] })],
    ['the newest cdk8s-plus', (chart: Chart) => new newest.Service(chart, 'Web', { ports: [{ port: 80 }] })],
    ['cdk8s', (chart: Chart) => new ApiObject(chart, 'Web', { apiVersion: 'v1', kind: 'Service', spec: {} })],
  ])('%s', (_from, make) => {
    const chart = aChart({ namespace: 'shop' });
    const made = make(chart);
    const sent = MulticloudObject.of(made, {
      description: 'the shop',
      placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }),
    });
    sent.overrideOn(ClusterSelector.names('berlin'), Overrider.label('x', 'y'));

    expect(sent.template.node.path).toMatch(/^shop\/Web/);
    const [service] = bare(chart, 'Service');
    expect(service.metadata.annotations).toStrictEqual({ 'kairship.io/describe': 'the shop' });
    expect(objects(chart).map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace])).toStrictEqual([
      ['Service', service.metadata.name, 'shop'],
      ['PropagationPolicy', `${service.metadata.name}-service`, 'shop'],
      ['OverridePolicy', `${service.metadata.name}-service`, 'shop'],
    ]);
    expect(bare(chart, 'PropagationPolicy')[0].spec).toMatchObject({
      dependentOverrides: [`${service.metadata.name}-service`],
      resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: service.metadata.name, namespace: 'shop' }],
    });
  });

  test('one only, and once', () => {
    const chart = aChart();
    const service = new kplus.Service(chart, 'Web', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    MulticloudObject.of(service);
    expect(messageOf(() => MulticloudObject.of(service))).toBe(
      'Service web is sent out already\n  at shop/Web\n  fix: send it out once',
    );
    expect(messageOf(() => MulticloudObject.of(chart))).toBe(
      `there is no one Kubernetes object behind this construct
  at shop
  fix: give the object itself, or a construct whose default child it is; MulticloudGroup takes constructs with several`,
    );
    const lone = new ApiObject(Testing.chart(), 'Lone', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(messageOf(() => MulticloudObject.of(lone))).toBe(
      `MulticloudObject stands in no MulticloudChart, so there is no Karmada that it could go to
  at test/Lone/Multicloud
  fix: make a MulticloudChart with the instance and give it, or a construct in it, as the scope`,
    );
    const secret = new kplus.Secret(chart, 'Key', { metadata: { name: 'key' }, stringData: { key: 'hunter2' } });
    expect(messageOf(() => MulticloudObject.of(secret))).toBe(
      `Secret key has values in \`stringData\`, and everybody who reads the output would read them
  at shop/Key
  fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied`,
    );
  });
});

describe('from text', () => {
  test('what servers and tools wrote is left out', () => {
    const chart = aChart();
    MulticloudObject.fromYaml(chart, 'Web', { yaml: RUNNING, deletionProtection: true });

    const [web] = bare(chart, 'Deployment');
    expect(web.metadata).toStrictEqual({
      annotations: { team: 'shop' },
      labels: { app: 'web', 'resourcetemplate.karmada.io/deletion-protected': 'Always' },
      name: 'web',
      namespace: 'shop',
    });
    expect(web).not.toHaveProperty('status');
    expect(web.spec.template.spec.volumes[0].configMap.defaultMode).toBe(420);
    expect(bare(chart, 'PropagationPolicy')[0].metadata).toStrictEqual({ name: 'web-deployment', namespace: 'shop' });
  });

  test.each([
    [
      'a: 1\na: 2',
      `\`yaml\` is not YAML (line 2, column 1): duplicated mapping key
  at shop/Web
  fix: give Kubernetes objects as YAML or JSON`,
    ],
    [
      'kind: Backup\nmetadata: {}',
      `object 1 in \`yaml\` is none of Kubernetes: it has no apiVersion, no metadata.name
  at shop/Web
  fix: give each apiVersion, kind and metadata.name`,
    ],
    [
      'apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}',
      `\`yaml\` holds 2 objects, and one is needed: A a, B b
  at shop/Web
  fix: give each its own construct, or all of them to MulticloudGroup.fromYaml`,
    ],
    [
      '# nothing',
      `\`yaml\` holds 0 objects, and one is needed: nothing
  at shop/Web
  fix: give each its own construct, or all of them to MulticloudGroup.fromYaml`,
    ],
  ])('%j is refused', (yaml, message) => {
    expect(messageOf(() => MulticloudObject.fromYaml(aChart(), 'Web', { yaml }))).toBe(message);
  });
});

describe('adopted', () => {
  test('it is taken over where it runs, left when the code lets go, and no pod restarts', () => {
    const chart = aChart();
    MulticloudObject.adopt(chart, 'Web', { manifest: RUNNING, fromCluster: 'berlin' });

    expect(bare(chart, 'Deployment')[0].spec.template).toStrictEqual({
      metadata: {
        annotations: { 'kubectl.kubernetes.io/restartedAt': '2025-03-02T10:00:00Z' },
        labels: { app: 'web' },
      },
      spec: {
        containers: [{ image: 'web:1', name: 'web', resources: {}, securityContext: { runAsUser: 0 } }],
        securityContext: {},
        volumes: [{ configMap: { defaultMode: 420, name: 'settings' }, name: 'settings' }],
      },
    });
    expect(bare(chart, 'PropagationPolicy')[0].spec).toMatchObject({
      conflictResolution: 'Overwrite',
      preserveResourcesOnDeletion: true,
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
    });
  });

  test('a Service, without the addresses that its cluster gave it', () => {
    const chart = aChart();
    const manifest = `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], ports: [{port: 80}]}}`;
    MulticloudObject.adopt(chart, 'Web', { manifest, fromCluster: 'berlin' });
    expect(bare(chart, 'Service')[0].spec).toStrictEqual({ ports: [{ port: 80 }] });
  });

  test('all that speaks against it is said', () => {
    const manifest = `
apiVersion: batch/v1
kind: Job
metadata:
  name: nightly
  namespace: kube-system
  labels: {karmada.io/managed: "true"}
  ownerReferences: [{kind: CronJob, name: night}]
spec:
  template:
    metadata: {labels: {batch.kubernetes.io/controller-uid: abc}}
    spec: {containers: [{name: main, image: null}]}
`;
    expect(messageOf(() => MulticloudObject.adopt(aChart(), 'Job', { manifest, fromCluster: 'berlin' }))).toBe(
      `Job nightly is in namespace "kube-system", which belongs to the cluster
  at shop/Job
  fix: leave it to its cluster
Job nightly came to its cluster through a Karmada already
  at shop/Job
  fix: give the object as it is on Karmada to \`fromYaml\`
Job nightly belongs to CronJob night, which made it
  at shop/Job
  fix: adopt CronJob night instead
Job nightly cannot be adopted without new pods: its pod template has the label "batch.kubernetes.io/controller-uid", which Karmada takes out
  at shop/Job
  fix: let it finish where it is
Job nightly cannot be adopted without new pods: its pod template has null at template.spec.containers.0.image, which is not written
  at shop/Job
  fix: take it out on the cluster first, when a restart does no harm`,
    );
  });

  test('a load balancer stays, and so does what is secret', () => {
    const adopt = (manifest: string) =>
      messageOf(() => MulticloudObject.adopt(aChart(), 'X', { manifest, fromCluster: 'a' }));
    expect(adopt('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer}}')).toBe(
      `Service web is a load balancer, whose address belongs to its cluster
  at shop/X
  fix: make a MulticloudService of the type that the other clusters need`,
    );
    expect(adopt('{apiVersion: v1, kind: Secret, metadata: {name: key}, data: {key: aHVudGVyMg==}}')).toBe(
      `Secret key has values in \`data\`, and everybody who reads the output would read them
  at shop/X
  fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied`,
    );
  });
});

test.each([
  ['Web:Edit', 'web-edit-clusterrole'],
  [':edit', 'edit-clusterrole'],
  ['a.:b', 'a.b-clusterrole'],
])('its policy has a name that it may have: %s', (name, policyName) => {
  const manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } };
  expect(new MulticloudObject(aChart(), 'Role', { manifest }).policyName).toBe(policyName);
});
