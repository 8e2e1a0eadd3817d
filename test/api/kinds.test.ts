import { App, Chart, Testing } from 'cdk8s';
import * as api from '../../src/api';
import { KINDS } from '../../src/schema/kinds';
import { sampleObject } from '../schema/sample';

const emptyChart = () => new Chart(new App(), 'chart');

/** Names that jsii spells differently: only the first letter of an abbreviation in upper case. */
const SPELLINGS: { readonly [wire: string]: string } = {
  clientIP: 'clientIp',
  proxyURL: 'proxyUrl',
  insecureSkipTLSVerification: 'insecureSkipTlsVerification',
  CronFederatedHPA: 'CronFederatedHpa',
  FederatedHPA: 'FederatedHpa',
};

function asProps(value: any): any {
  if (Array.isArray(value)) return value.map(asProps);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [SPELLINGS[name] ?? name, asProps(inner)]));
}

const stored = KINDS.map((facts) => {
  const version = facts.versions.find(({ storage }) => storage);
  if (!version) throw new Error(`${facts.names.kind} has no stored version`);
  return { ...facts, version, kind: facts.names.kind };
});

describe.each(stored)('$kind', ({ group, kind, scope, version }) => {
  const apiVersion = `${group}/${version.name}`;
  const object = sampleObject(apiVersion, kind, version.schema, scope === 'Namespaced');
  const { apiVersion: _, kind: __, ...props } = asProps(object);
  const type = (api as any)[SPELLINGS[kind] ?? kind];

  test('renders every field that its schema has', () => {
    const chart = emptyChart();
    new type(chart, 'Object', props);
    expect(Testing.synth(chart)).toEqual([object]);
  });

  test('is also a plain manifest', () => {
    expect(type.GVK).toEqual({ apiVersion, kind });
    expect(type.manifest(props)).toEqual(object);
  });
});

test('every class is a kind', () => {
  const classes = Object.values(api).filter((member) => typeof member === 'function');
  expect(classes).toHaveLength(20);
});

test('every enumeration holds values that a schema allows', () => {
  const schemas = JSON.stringify(KINDS);
  const enums = Object.entries(api).filter(([, member]) => typeof member === 'object');
  expect(enums.length).toBeGreaterThan(15);
  const strangers = enums.filter(([, values]) => !schemas.includes(`"enum":${JSON.stringify(Object.values(values))}`));
  expect(strangers).toEqual([]);
});

test('the types say what an object needs', () => {
  const chart = emptyChart();
  new api.PropagationPolicy(chart, 'Policy', {
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
      conflictResolution: api.ConflictResolution.OVERWRITE,
      placement: {
        clusterAffinity: { clusterNames: ['member1', 'member2'] },
        replicaScheduling: {
          replicaSchedulingType: api.ReplicaSchedulingType.DIVIDED,
          replicaDivisionPreference: api.ReplicaDivisionPreference.WEIGHTED,
          weightPreference: { staticWeightList: [{ targetCluster: { clusterNames: ['member1'] }, weight: 2 }] },
        },
      },
    },
  });
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
        conflictResolution: 'Overwrite',
        placement: {
          clusterAffinity: { clusterNames: ['member1', 'member2'] },
          replicaScheduling: {
            replicaSchedulingType: 'Divided',
            replicaDivisionPreference: 'Weighted',
            weightPreference: { staticWeightList: [{ targetCluster: { clusterNames: ['member1'] }, weight: 2 }] },
          },
        },
      },
    },
  ]);
});

test('a name that jsii spells differently reaches the wire as Kubernetes has it', () => {
  const chart = emptyChart();
  new api.Cluster(chart, 'Cluster', {
    metadata: { name: 'member1' },
    spec: { syncMode: api.ClusterSyncMode.PUSH, proxyUrl: 'http://proxy:3128', insecureSkipTlsVerification: true },
  });
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'member1' },
      spec: { syncMode: 'Push', proxyURL: 'http://proxy:3128', insecureSkipTLSVerification: true },
    },
  ]);
});

test('a kind without a spec needs no props', () => {
  const chart = emptyChart();
  new api.ServiceExport(chart, 'Export');
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ServiceExport',
      metadata: { name: 'chart-export-c87ee941' },
    },
  ]);
});
