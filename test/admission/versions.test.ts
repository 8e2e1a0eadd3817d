import { Admission } from '../../src/admission/admission';
import { gatesOf } from '../../src/admission/control-plane-flags';
import { refuseNewer } from '../../src/admission/newer';
import { Refusals } from '../../src/admission/refusals';
import { KarmadaVersion } from '../../src/core/karmada-version';
import type { Newer } from '../../src/schema/facts';
import { schemaOf } from '../../src/schema/kinds';
import { NEWER } from '../../src/schema/releases';
import { type AdmissionVector, ASSUME, admissionVectors } from '../golden/admission';
import { object, override, placement, propagation, rule, WEB } from './objects';

const { V1_16, V1_17, V1_18 } = KarmadaVersion;
const NEXT = KarmadaVersion.of('v1.19.0');

const review = (version: KarmadaVersion, manifest: any) => Admission.of({ version }).review(manifest);

const affinity = placement({ workloadAffinity: { affinity: { groupByLabelKey: 'app' } } });
const overflow = placement({
  clusterAffinities: [
    { affinityName: 'first', clusterNames: ['a'] },
    {
      affinityName: 'second',
      clusterNames: ['b'],
      overflowAffinities: [{ affinityName: 'third', clusterNames: ['c'] }],
    },
  ],
  replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
});

test('a field that the release does not know is refused, and both releases are named', () => {
  expect(review(V1_16, overflow)).toEqual({
    admitted: false,
    stored: null,
    findings: [
      {
        code: 'MC210',
        level: 'error',
        path: 'spec.placement.clusterAffinities[1].overflowAffinities',
        message:
          'spec.placement.clusterAffinities[1].overflowAffinities is known to Karmada v1.18 and later, and this instance runs v1.16.8',
        fix: 'remove it, or upgrade the instance to v1.18',
      },
    ],
  });
});

test.each([
  ['workloadAffinity', affinity, [V1_16], [KarmadaVersion.of('v1.17.0'), V1_17, V1_18, NEXT]],
  ['overflowAffinities', overflow, [V1_16, V1_17], [KarmadaVersion.of('v1.18.0'), V1_18, NEXT]],
])('%s: who knows it takes it', (_, manifest, refusing, taking) => {
  for (const version of refusing) {
    expect(review(version, manifest).findings.map(({ code }) => code)).toEqual(['MC210']);
  }
  for (const version of taking) expect(review(version, manifest)).toMatchObject({ admitted: true, findings: [] });
});

test('what is too new is told together with what nobody knows', () => {
  const { findings } = review(V1_16, placement({ workloadAffinity: {}, nonsense: 1 }));
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ['MC210', 'spec.placement.workloadAffinity'],
    ['MC200', 'spec.placement.nonsense'],
  ]);
});

const elsewhere = { ...WEB, namespace: 'other' };
const selector = 'spec.resourceSelectors[0].namespace';
test.each([
  ['a policy that selects in another namespace', 'v1.17', propagation({ resourceSelectors: [elsewhere] }), selector],
  [
    'an override policy that does',
    'v1.17',
    override({ resourceSelectors: [elsewhere], overrideRules: [{ overriders: {} }] }),
    selector,
  ],
  [
    'a toleration that compares numbers',
    'v1.18',
    placement({ clusterTolerations: [{ key: 'a', operator: 'Lt', value: '1' }] }),
    'spec.placement.clusterTolerations[0].operator',
  ],
  [
    'a field overrider without operations',
    'v1.18',
    override(rule({ fieldOverrider: [{ fieldPath: '/data/x' }] })),
    'spec.overrideRules[0].overriders.fieldOverrider[0]',
  ],
])('%s is refused since %s; before, that is a warning', (_, since, manifest, path) => {
  for (const version of [V1_16, V1_17, V1_18]) {
    const { admitted, findings } = review(version, manifest);
    const refused = version._has(since);
    expect(admitted).toBe(!refused);
    expect(findings).toMatchObject([{ path, level: refused ? 'error' : 'warning' }]);
    if (!refused) expect(findings[0].code).toBe('MC211');
  }
});

test('the warning says what an upgrade would refuse', () => {
  expect(review(V1_16, propagation({ resourceSelectors: [elsewhere] })).findings).toEqual([
    {
      code: 'MC211',
      level: 'warning',
      path: selector,
      message:
        'Karmada v1.17 and later refuse this, v1.16.8 takes it: a policy in namespace "default" cannot select in namespace "other"',
      fix: 'remove the namespace, move the policy to "other", or use the cluster-scoped kind of policy',
    },
  ]);
});

test.each([V1_16, V1_17])('an older release takes the rest as v1.18.2 does (%j)', (version) => {
  const admission = Admission.of({ assume: ASSUME, version });
  const apart = ({ object: manifest, admitted }: AdmissionVector) => {
    const verdict = admission.review(manifest);
    return verdict.admitted !== admitted && verdict.findings.every(({ code }) => !['MC210', 'MC211'].includes(code));
  };
  expect(admissionVectors().filter(apart)).toEqual([]);
});

/** The schema at a path of the table. */
function schemaAt({ apiVersion, kind, path }: Newer): any {
  const steps = path.replaceAll('[]', '.[]').replaceAll('{}', '.{}').split('.').filter(Boolean);
  const inside = (schema: any, step: string) =>
    step === '[]' ? schema.items : step === '{}' ? schema.additionalProperties : schema.properties?.[step];
  return steps.reduce((schema, step) => schema && inside(schema, step), schemaOf(apiVersion, kind)?.schema as any);
}

test('the table names fields that exist, of releases after the oldest', () => {
  expect(NEWER.length).toBeGreaterThan(0);
  for (const entry of NEWER) {
    expect([entry, schemaAt(entry)]).toEqual([entry, expect.anything()]);
    expect(V1_16._has(entry.since)).toBe(false);
    expect(V1_18._has(entry.since)).toBe(true);
  }
});

test.each<[Omit<Newer, 'apiVersion' | 'kind' | 'since'>, string, string]>([
  [{ path: '' }, 'kind', 'kind Widget'],
  [{ path: 'spec.mode', value: 'New' }, 'spec.mode', 'spec.mode "New"'],
  [{ path: 'spec.map{}.list[].new' }, 'spec.map.b.list[1].new', 'spec.map.b.list[1].new'],
])('a table may hold kinds, values and what is in lists and maps: %j', (entry, path, what) => {
  const newer = { since: 'v1.17', apiVersion: 'example.com/v1', kind: 'Widget', ...entry };
  const spec = { mode: 'New', map: { a: {}, b: { list: [{}, { new: null }] }, c: 'x' } };
  const refusals = new Refusals(V1_16);
  const others = [
    { ...newer, since: 'v1.16' },
    { ...newer, kind: 'Gadget' },
  ];
  refuseNewer(object('Widget', spec, 'example.com/v1'), V1_16, refusals, [newer, ...others]);
  refuseNewer(object('Widget', { mode: 'Old' }, 'example.com/v1'), V1_16, refusals, entry.path === '' ? [] : [newer]);
  expect(refusals.findings.map((finding) => [finding.path, finding.message])).toEqual([
    [path, `${what} is known to Karmada v1.17 and later, and this instance runs v1.16.8`],
  ]);
});

test('feature gates by release, as pkg/features/features.go has them at v1.16.8, v1.17.5 and v1.18.2', () => {
  const names = (version: KarmadaVersion) => Object.keys(gatesOf(version));
  expect([V1_16, V1_17, V1_18, NEXT].map((version) => names(version).length)).toEqual([15, 16, 17, 17]);
  expect(names(V1_17).filter((name) => !names(V1_16).includes(name))).toEqual(['WorkloadAffinity']);
  expect(names(V1_18).filter((name) => !names(V1_17).includes(name))).toEqual(['SchedulingOvercommitProtection']);
  expect(gatesOf(V1_16).ControllerPriorityQueue).toEqual({ stage: 'alpha', on: false });
  expect(gatesOf(V1_17).ControllerPriorityQueue).toEqual({ stage: 'beta', on: true });
  const on = Object.entries(gatesOf(V1_18)).filter(([, gate]) => gate.on);
  expect(on.map(([name]) => name)).toEqual([
    'ContextualLogging',
    'ControllerPriorityQueue',
    'CustomizedClusterResourceModeling',
    'GracefulEviction',
    'LoggingBetaOptions',
    'PropagateDeps',
  ]);
});
