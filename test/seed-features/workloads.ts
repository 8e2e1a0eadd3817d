import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { PatchOperator } from '../../src/policy/patch-operator';
import { Placement } from '../../src/policy/placement';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { MulticloudDeployment } from '../../src/workload/multicloud-deployment';
import { MulticloudJob } from '../../src/workload/multicloud-job';
import { CompletionMode } from '../../src/workload/multicloud-job-template-props';
import { MulticloudObject } from '../../src/workload/multicloud-object';
import { messageOf } from '../core/fake-instance';
import { aChart, chartOf, cluster, only, seen, web, workload } from './seen';

const containers = [{ image: 'registry.example/report:1' }];

describe('workloads', () => {
  test('row 42: deployments, jobs and cron jobs', () => {
    const chart = aChart();
    new MulticloudDeployment(chart, 'web', { containers });
    new MulticloudJob(chart, 'report', { containers });
    new MulticloudCronJob(chart, 'nightly', { containers, schedule: '0 3 * * *' });
    const kinds = chart
      .toJson()
      .slice(2)
      .map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'PropagationPolicy')).toEqual(['Deployment', 'Job', 'CronJob']);
  });

  test('row 68: a job is divided by its parallelism, a cron job not at all', () => {
    const chart = aChart();
    new MulticloudJob(chart, 'report', { containers, parallelism: 4, placement: Placement.dynamicWeight() });
    expect(only('Job', chart).spec.parallelism).toBe(4);
    const nightly = { containers, schedule: '@daily', placement: Placement.aggregated() };
    expect(messageOf(() => new MulticloudCronJob(aChart(), 'nightly', nightly))).toContain('cron job');
  });

  test('row 118: nothing goes out before its differences are there', () => {
    const deployment = web();
    deployment.overrideOn(ClusterSelector.names('berlin'), Overrider.image({ tag: '2' }));
    const chart = chartOf(deployment);
    expect(only('PropagationPolicy', chart).spec.dependentOverrides).toEqual([
      only('OverridePolicy', chart).metadata.name,
    ]);
  });

  test('row 122: a paused rollout', () => {
    expect(only('Deployment', chartOf(web({ paused: true }))).spec.paused).toBe(true);
  });

  test('row 123: a restart', () => {
    const { annotations } = only('Deployment', chartOf(web({ restartToken: 'today' }))).spec.template.metadata;
    expect(annotations).toEqual({ 'workload.cdk8s-karmada.io/restart-token': 'today' });
  });

  test('row 125: the service as the next step', () => {
    const deployment = web({ containers: [{ image: 'registry.example/web:1', portNumber: 8080 }] });
    deployment.exposeViaService();
    expect(only('Service', chartOf(deployment)).spec).toMatchObject({
      ports: [{ port: 8080 }],
      selector: { 'app.kubernetes.io/name': 'web' },
    });
  });

  test('row 153: YAML that is none is an error', () => {
    expect(messageOf(() => MulticloudObject.fromYaml(aChart(), 'web', { yaml: 'kind: [' }))).toContain('YAML');
  });

  test('row 157: a description of at most 512 characters', () => {
    const { annotations } = only('Deployment', chartOf(web({ description: 'the shop' }))).metadata;
    expect(annotations).toEqual({ 'kairship.io/describe': 'the shop' });
    expect(messageOf(() => web({ description: 'x'.repeat(513) }))).toBe(
      ['`description` has 513 characters, and 512 is the most', '  at shop/web', '  fix: make it shorter'].join('\n'),
    );
  });

  test('row 164: cron jobs, with their schedule in words', () => {
    const chart = aChart();
    const nightly = new MulticloudCronJob(chart, 'nightly', {
      containers,
      schedule: '0 3 * * 1-5',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: kplus.ConcurrencyPolicy.REPLACE,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 2,
      backoffLimit: 6,
      activeDeadline: Duration.minutes(6),
      restartPolicy: kplus.RestartPolicy.NEVER,
    });
    expect(nightly.describeSchedule()).toBe('At 03:00, Monday through Friday, in the time zone Europe/Berlin');
    const { jobTemplate, ...spec } = only('CronJob', chart).spec;
    expect(spec).toStrictEqual({
      concurrencyPolicy: 'Replace',
      failedJobsHistoryLimit: 2,
      schedule: '0 3 * * 1-5',
      successfulJobsHistoryLimit: 0,
      timeZone: 'Europe/Berlin',
    });
    expect(jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 360, backoffLimit: 6 });
    expect(jobTemplate.spec.template.spec.restartPolicy).toBe('Never');
  });

  test('row 165: jobs', () => {
    const chart = aChart();
    const completionMode = CompletionMode.INDEXED;
    new MulticloudJob(chart, 'report', { containers, parallelism: 2, completions: 6, completionMode });
    expect(only('Job', chart).spec).toMatchObject({ completionMode: 'Indexed', completions: 6, parallelism: 2 });
    expect(only('Job', chart).spec.activeDeadlineSeconds).toBeUndefined();
  });

  test('row 166: overrides of replicas, resources, commands and arguments', () => {
    const deployment = web({ replicas: 2 });
    deployment.overrideOn(
      ClusterSelector.names('berlin'),
      Overrider.replicas(5),
      Overrider.resources({ requests: { cpu: '250m' } }),
      Overrider.args(['--edge']),
      Overrider.podLabel('tier', 'edge'),
      Overrider.patch(PatchOperator.ADD, '/spec/template/spec/nodeSelector', { disk: 'fast' }),
    );
    const { rendered } = workload(seen(chartOf(deployment), cluster('berlin'))).outcomes[0];
    const { replicas, template } = rendered.berlin[0].spec;
    expect(replicas).toBe(5);
    expect(template.metadata.labels.tier).toBe('edge');
    expect(template.spec).toMatchObject({
      containers: [{ args: ['--edge'], resources: { requests: { cpu: '250m' } } }],
      nodeSelector: { disk: 'fast' },
    });
  });

  test('row 179: a custom resource, with a selector that cannot miss it', () => {
    const chart = aChart();
    const manifest = {
      apiVersion: 'backup.example/v1',
      kind: 'Backup',
      metadata: { name: 'nightly' },
      spec: { at: 3 },
    };
    new MulticloudObject(chart, 'nightly', { manifest });
    expect(only('PropagationPolicy', chart).spec.resourceSelectors).toEqual([
      { apiVersion: 'backup.example/v1', kind: 'Backup', name: 'nightly', namespace: 'default' },
    ]);
  });

  test('row 215: fields inside JSON and YAML texts', () => {
    const chart = aChart();
    const manifest = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { json: '{"level":1,"keep":true}', yaml: 'level: 1\nkeep: true\n' },
    };
    const settings = new MulticloudObject(chart, 'settings', { manifest });
    settings.overrideOn(
      ClusterSelector.names('berlin'),
      Overrider.jsonField('/data/json', '/level', 3),
      Overrider.yamlField('/data/yaml', '/level', 3),
    );
    expect(only('OverridePolicy', chart).spec.overrideRules[0].overriders.fieldOverrider).toEqual([
      { fieldPath: '/data/json', json: [{ operator: 'add', subPath: '/level', value: 3 }] },
      { fieldPath: '/data/yaml', yaml: [{ operator: 'add', subPath: '/level', value: 3 }] },
    ]);
  });

  test('row 156: namespace default by default', () => {
    expect(only('Deployment', chartOf(web())).metadata.namespace).toBe('default');
    expect(only('Deployment', chartOf(web({ namespace: 'front' }))).metadata.namespace).toBe('front');
  });
});
