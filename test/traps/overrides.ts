import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { load } from 'js-yaml';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { ResourceSelector } from '../../src/core/resource-selector';
import { OverridePolicy } from '../../src/policy/override-policy';
import { Overrider } from '../../src/policy/overrider';
import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { MulticloudCronJob } from '../../src/workload/multicloud-cron-job';
import { messageOf } from '../core/fake-instance';
import { aChart, chartOf, cluster, only, seen, web, workload } from '../seed-features/seen';
import { codes, override, policy, WEB } from './caught';

const BERLIN = ClusterSelector.names('berlin');
const SENT = policy('{replicaScheduling: {replicaSchedulingType: Duplicated}}');

describe('the overrider of images skips init containers, cron jobs and custom kinds', () => {
  test('an image is changed wherever it is, through its place', () => {
    const deployment = web({ initContainers: [{ name: 'init', image: 'registry.example/init:1' }] });
    deployment.overrideOn(BERLIN, Overrider.image({ container: 'init', tag: '2' }));
    const { rendered } = workload(seen(chartOf(deployment), cluster('berlin'))).outcomes[0];
    expect(rendered.berlin[0].spec.template.spec.initContainers[0].image).toBe('registry.example/init:2');

    const chart = aChart();
    const nightly = new MulticloudCronJob(chart, 'nightly', {
      schedule: '@daily',
      containers: [{ image: 'registry.example/report:1' }],
    });
    nightly.overrideOn(BERLIN, Overrider.image({ tag: '2' }));
    const [{ overriders }] = only('OverridePolicy', chart).spec.overrideRules;
    expect(JSON.stringify(overriders)).toContain('/spec/jobTemplate/spec/template/spec/containers/0/image');
  });
});

describe('the overrider of labels reaches no pods, and says nothing of labels that are not there', () => {
  test('labels of pods have an override of their own, and removing what is not there fails', () => {
    const deployment = web();
    deployment.overrideOn(BERLIN, Overrider.podLabel('tier', 'edge'));
    const { rendered } = workload(seen(chartOf(deployment), cluster('berlin'))).outcomes[0];
    expect(rendered.berlin[0].spec.template.metadata.labels.tier).toBe('edge');

    const other = web();
    other.overrideOn(BERLIN, Overrider.removeLabel('gone'));
    expect(messageOf(() => chartOf(other).toJson())).toContain('gone');
  });

  test('is a finding', () => {
    expect(codes([WEB, SENT, override('{labelsOverrider: [{operator: remove, value: {gone: x}}]}')])).toEqual([
      'MC071',
    ]);
    expect(codes([WEB, SENT, override('{labelsOverrider: [{operator: replace, value: {tier: edge}}]}')])).toEqual([]);
  });
});

describe('overriders hit every object that is selected', () => {
  test('one that does not fit is refused', () => {
    const deployment = web();
    const chart = chartOf(deployment);
    const settings = new ApiObject(chart, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' } });
    new OverridePolicy(chart, 'Both', {
      resources: [ResourceSelector.of(deployment.template), ResourceSelector.of(settings)],
      rules: [{ overriders: [Overrider.image({ tag: '2' })] }],
    });
    expect(messageOf(() => chart.toJson())).toContain('shop/Both');
  });

  test('is a finding of the preview', () => {
    const both = '[{apiVersion: apps/v1, kind: Deployment, name: web}, {apiVersion: v1, kind: ConfigMap, name: conf}]';
    const conf = '{apiVersion: v1, kind: ConfigMap, metadata: {name: conf, namespace: shop}, data: {a: b}}';
    const sends = SENT.replace(/resourceSelectors: .*/, `resourceSelectors: ${both}`);
    const replicas = override('{plaintext: [{operator: replace, path: /spec/replicas, value: 5}]}', both);
    const { findings } = Preview.of({
      manifests: [WEB, conf, sends, replicas].map((text) => load(text)),
      fleet: Fleet.fromManifests([cluster('berlin')]),
    }).toJson() as any;
    expect(findings.map(({ code }: any) => code)).toEqual(['MC073']);
  });
});

describe('a selector with a wrong API version matches nothing', () => {
  test('is derived from the object', () => {
    const deployment = web();
    expect(only('PropagationPolicy', chartOf(deployment)).spec.resourceSelectors).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' },
    ]);
  });

  test('is a finding', () => {
    expect(codes([WEB, SENT.replace('{apiVersion: apps/v1', '{apiVersion: apps/v1beta1')])).toEqual(['MC042']);
  });
});

describe('adding a map or a list replaces it', () => {
  test('variables and labels are set by name', () => {
    const envVariables = { A: kplus.EnvValue.fromValue('1') };
    const deployment = web({ containers: [{ image: 'web:1', envVariables }], podLabels: { tier: 'core' } });
    deployment.overrideOn(BERLIN, Overrider.env('B', '2'), Overrider.podLabel('zone', 'b'));
    const { template } = workload(seen(chartOf(deployment), cluster('berlin'))).outcomes[0].rendered.berlin[0].spec;
    expect(template.spec.containers[0].env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
    expect(template.metadata.labels).toMatchObject({ tier: 'core', zone: 'b' });
  });

  test.each([
    '/metadata/labels, value: {a: b}',
    '/spec/template/spec/containers/0/env, value: [{name: B, value: "2"}]',
  ])('is a finding: %s', (path) => {
    expect(codes([WEB, SENT, override(`{plaintext: [{operator: add, path: ${path}}]}`)])).toEqual(['MC072']);
  });
});
