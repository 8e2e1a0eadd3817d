import { ApiObject } from 'cdk8s';
import { Admission } from '../../src/admission/admission';
import { ResourceSelector } from '../../src/core/resource-selector';
import { OverridePolicy } from '../../src/policy/override-policy';
import type { OverrideRule } from '../../src/policy/override-rule';
import type { Overrider } from '../../src/policy/overrider';
import { applyOverriders } from '../../src/preview/private/overriders';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

/** A chart with an object and a policy for it. */
function chartOf(template: any, rules: OverrideRule[]) {
  const chart = aChart();
  const object = new ApiObject(chart, 'web', structuredClone(template));
  new OverridePolicy(chart, 'Overrides', { name: 'web', resources: [ResourceSelector.of(object)], rules });
  return chart;
}

/** The rules of the policy as synthesized. Karmada's own webhook has to take it. */
export function rulesOf(template: any, rules: OverrideRule[]): any[] {
  const chart = chartOf(template, rules);
  const [policy] = objects(chart).filter(({ kind }) => kind === 'OverridePolicy');
  const verdict = Admission.of().review(policy);
  if (!verdict.admitted) throw new Error(JSON.stringify(verdict));
  return policy.spec.overrideRules;
}

/** What Karmada makes of a template, as the preview has it: the code that the vectors of a real Karmada judge. */
export function rendered(template: any, ...overriders: Overrider[]): any {
  return renderedBy(template, [{ overriders }]);
}

/** The same with several rules, all of which hold. */
export function renderedBy(template: any, rules: OverrideRule[]): any {
  return applied(stored(template), rulesOf(template, rules));
}

/** An object after those of Karmada's rules that hold, by their clusters. */
export function applied(object: any, rules: any[], holds: (clusters: any) => boolean = () => true): any {
  return rules
    .filter(({ targetCluster }) => holds(targetCluster))
    .reduce((result, { overriders }) => applyOverriders(result, structuredClone(overriders)), structuredClone(object));
}

/** The template as it is stored. */
export function stored(template: any): any {
  return bare(chartOf(template, []), template.kind)[0];
}

/** What synth says, without what it says every time. */
export function refusal(template: any, ...overriders: Overrider[]): string[] {
  const message = messageOf(() => chartOf(template, [{ overriders }]).toJson());
  const [first, ...lines] = message.split('\n');
  expect(first).toBe('Validation failed with the following errors:');
  return lines
    .filter((line) => line !== '    at shop/Overrides (OverridePolicy/default/web)')
    .map((line) => line.replace('  [shop/Overrides] ', ''));
}

const pod = {
  containers: [
    {
      name: 'web',
      image: 'registry.example/shop/web:1',
      command: ['run', 'it'],
      args: ['--a', '--b', '--a'],
      env: [
        { name: 'REGION', value: 'none' },
        { name: 'LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
      resources: { requests: { cpu: '100m' }, limits: { cpu: '1', memory: '1Gi' } },
    },
    { name: 'proxy', image: 'registry.example/proxy:1' },
  ],
  initContainers: [{ name: 'init', image: 'registry.example/init:1', args: ['one'] }],
};
const podTemplate = { metadata: { labels: { app: 'web', tier: 'edge' }, annotations: { 'a.b/c~d': 'x' } }, spec: pod };
const metadata = { name: 'web', namespace: 'default', labels: { tier: 'edge' }, annotations: { note: 'x' } };
const selector = { matchLabels: { app: 'web' } };
const claims = ['data', 'logs'].map((name) => ({ metadata: { name }, spec: { storageClassName: 'slow' } }));

/** One object of each kind that overrides are for. */
export const TEMPLATES = {
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 2, selector, template: podTemplate },
  },
  bareDeployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      selector,
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'a:1' }] } },
    },
  },
  replicaSet: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { selector, template: podTemplate } },
  daemonSet: { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template: podTemplate } },
  statefulSet: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { selector, template: podTemplate, volumeClaimTemplates: claims },
  },
  job: { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: podTemplate } },
  cronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { jobTemplate: { spec: { template: podTemplate } } },
  },
  pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod },
  custom: {
    apiVersion: 'example.io/v1',
    kind: 'Fleet',
    metadata,
    spec: { replicas: 3, groups: [{ name: 'a', template: podTemplate }] },
  },
  ingress: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { rules: [{ host: 'a.example' }] } },
  claim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: { storageClassName: 'slow' } },
  configMap: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: {
      'app.json': '{"log": {"level": "info"}, "hosts": ["a", "b"], "n": 1}',
      'app.yaml': 'log:\n  level: info # why\nhosts:\n- a\n',
      text: 'plain',
      two: 'a: 1\n---\nb: 2\n',
    },
  },
  secret: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web', namespace: 'default' }, data: { a: 'eA==' } },
} as const;

/** Where each has its pod. */
export const PODS: { readonly [name: string]: readonly string[] } = {
  deployment: ['spec', 'template'],
  replicaSet: ['spec', 'template'],
  daemonSet: ['spec', 'template'],
  statefulSet: ['spec', 'template'],
  job: ['spec', 'template'],
  cronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  pod: [],
  custom: ['spec', 'groups', '0', 'template'],
};
