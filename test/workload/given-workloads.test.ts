import { Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as newest from 'cdk8s-plus-34';
import type { Construct } from 'constructs';
import { ClusterSelector } from '../../src/core/cluster-selector';
import type { MulticloudChart } from '../../src/core/multicloud-chart';
import { Placement } from '../../src/policy/placement';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDaemonSet } from '../../src/workload/multicloud-daemon-set';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import type { MulticloudResourceOptions } from '../../src/workload/multicloud-resource';
import { MulticloudStatefulSet } from '../../src/workload/multicloud-stateful-set';
import type { AdoptProps, MulticloudYamlProps } from '../../src/workload/multicloud-yaml';
import { aChart, bare, messageOf } from '../core/fake-instance';

interface Kind {
  of(construct: Construct, options?: MulticloudResourceOptions): { readonly policyName: string };
  fromYaml(scope: Construct, id: string, props: MulticloudYamlProps): { readonly policyName: string };
  adopt(scope: Construct, id: string, props: AdoptProps): { readonly policyName: string };
}

const containers = [{ image: 'registry.example/web:1' }];
const template = `
    metadata:
      creationTimestamp: null
      labels: {app: web}
      annotations: {kubectl.kubernetes.io/restartedAt: "2026-01-01T00:00:00Z"}
    spec:
      containers:
      - {name: web, image: "registry.example/web:1", terminationMessagePath: /dev/termination-log, resources: {}}
      dnsPolicy: ClusterFirst
      restartPolicy: Always`;
const pods = {
  metadata: {
    annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' },
    labels: { app: 'web' },
  },
  spec: {
    containers: [
      { image: 'registry.example/web:1', name: 'web', resources: {}, terminationMessagePath: '/dev/termination-log' },
    ],
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
  },
};

/** What kubectl prints of an object that runs. */
function running(apiVersion: string, kind: string, spec: string): string {
  return `
apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: web
  namespace: shop
  uid: 9d9e
  resourceVersion: "1"
  generation: 3
  creationTimestamp: "2026-01-01T00:00:00Z"
  annotations: {deployment.kubernetes.io/revision: "3"}
spec:${spec}
status: {observedGeneration: 3}
`;
}

const nested = (depth: string) => template.replace(/\n/g, `\n${depth}`);

const KINDS: { readonly [kind: string]: readonly [Kind, string, string, any, (chart: MulticloudChart) => Construct] } =
  {
    Deployment: [
      MulticloudDeployment,
      'apps/v1',
      `\n  replicas: 2\n  template:${template}`,
      { replicas: 2, template: pods },
      (chart) => new kplus.Deployment(chart, 'web', { containers }),
    ],
    StatefulSet: [
      MulticloudStatefulSet,
      'apps/v1',
      `\n  serviceName: web\n  template:${template}`,
      { serviceName: 'web', template: pods },
      (chart) => {
        const service = new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
        return new kplus.StatefulSet(chart, 'web', { containers, service });
      },
    ],
    DaemonSet: [
      MulticloudDaemonSet,
      'apps/v1',
      `\n  template:${template}`,
      { template: pods },
      (chart) => new newest.DaemonSet(chart, 'web', { containers }),
    ],
    Job: [
      MulticloudJob,
      'batch/v1',
      `\n  parallelism: 2\n  template:${template}`,
      { parallelism: 2, template: pods },
      (chart) => new newest.Job(chart, 'web', { containers }),
    ],
    CronJob: [
      MulticloudCronJob,
      'batch/v1',
      `\n  schedule: "0 3 * * *"\n  timeZone: Europe/Berlin\n  jobTemplate:\n    spec:\n      template:${nested('    ')}`,
      { jobTemplate: { spec: { template: pods } }, schedule: '0 3 * * *', timeZone: 'Europe/Berlin' },
      (chart) => new kplus.CronJob(chart, 'web', { containers, schedule: Cron.hourly() }),
    ],
  };

describe.each(Object.entries(KINDS))('%s', (kind, [made, apiVersion, text, spec, construct]) => {
  const manifest = running(apiVersion, kind, text);

  test('of any cdk8s-plus goes out as it is, defaults and all', () => {
    const chart = aChart();
    const given = construct(chart);
    const [before] = bare(chart, kind);
    made.of(given, { placement: Placement.duplicated({ clusters: ClusterSelector.names('berlin') }) });

    expect(bare(chart, kind)).toStrictEqual([before]);
    expect(bare(chart, 'PropagationPolicy')[0].spec).toMatchObject({
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
      resourceSelectors: [{ apiVersion, kind, name: before.metadata.name }],
    });
  });

  test('in a text goes out as it is written', () => {
    const chart = aChart();
    const { policyName } = made.fromYaml(chart, 'Web', { yaml: manifest });

    expect(policyName).toBe(`web-${kind.toLowerCase()}`);
    expect(bare(chart, kind)[0].spec).toStrictEqual(spec);
  });

  test('that runs is taken over as it is, and left when the code lets go', () => {
    const chart = aChart();
    made.adopt(chart, 'Web', { manifest, fromCluster: 'berlin' });

    expect(bare(chart, kind)[0]).toMatchObject({ metadata: { name: 'web', namespace: 'shop' } });
    expect(bare(chart, kind)[0]).not.toHaveProperty('status');
    expect(bare(chart, kind)[0].metadata).not.toHaveProperty('uid');
    expect(bare(chart, kind)[0].spec).toStrictEqual(spec);
    expect(bare(chart, 'PropagationPolicy')[0].spec).toMatchObject({
      conflictResolution: 'Overwrite',
      placement: { clusterAffinity: { clusterNames: ['berlin'] } },
      preserveResourcesOnDeletion: true,
    });
  });

  test('is no other kind', () => {
    const chart = aChart();
    const other = new kplus.ConfigMap(chart, 'other');

    expect(messageOf(() => made.of(other))).toBe(
      [
        `${apiVersion} ${kind} is needed, got v1 ConfigMap`,
        '  at shop/other',
        `  fix: give ${apiVersion} ${kind}, or use MulticloudObject, which takes every kind`,
      ].join('\n'),
    );
  });
});

test.each([
  ['DaemonSet', 'daemon set', 'it runs on every node of each cluster'],
  ['CronJob', 'cron job', 'each cluster starts its own jobs'],
])('a %s is not divided, wherever it comes from', (kind, words, why) => {
  const [made, apiVersion, text] = KINDS[kind];
  const yaml = running(apiVersion, kind, text);

  expect(messageOf(() => made.fromYaml(aChart(), 'web', { yaml, placement: Placement.aggregated() }))).toBe(
    [
      `the placement divides, and Karmada does not divide a ${words}: ${why}`,
      '  at shop/web',
      '  fix: give Placement.duplicated() with the clusters that it is for',
    ].join('\n'),
  );
});

test('the schedule of a cron job that something else makes is said in words', () => {
  const [, apiVersion, text] = KINDS.CronJob;
  const night = MulticloudCronJob.fromYaml(aChart(), 'web', { yaml: running(apiVersion, 'CronJob', text) });

  expect(night.describeSchedule()).toBe('At 03:00, in the time zone Europe/Berlin');
});
