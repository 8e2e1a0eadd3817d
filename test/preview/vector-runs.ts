import { Fleet } from '../../src/preview/fleet';
import type { PreviewProps } from '../../src/preview/preview-props';
import { type PlacementCase, placementVectors, type RecordedOutcome } from '../golden/placement';
import { type RuleOutcome, ruleVectors } from '../golden/rules';
import { type Step, type StepOutcome, stepVectors } from '../golden/steps';
import { yamlFields } from './plain';
import { recorded, recordedConflicts } from './recorded';
import { stale, untold } from './stale-works';

/** One run of a vector: what a preview is given, and what it should say. */
export interface VectorRun {
  readonly vector: string;
  /** The rule that it was recorded for; `placement` of the first ones, which mix them. */
  readonly rule: string;
  readonly props: PreviewProps;
  /** Fields that hold YAML that an override edits. */
  readonly documents: readonly string[];
  /** Resources whose Works were not written when it was recorded. */
  readonly waiting?: readonly string[];
  /** What was decided about objects that clusters have already, by resource. */
  readonly conflicts?: { readonly [resource: string]: string };
  /** What is unsupported and must not be. */
  readonly unknown: (json: any) => any[];
  /** What was recorded, in the shape in which `previewed` gives a preview. */
  readonly expected: (json: any) => any;
}

const ASSUME = ['enable-empty-workload-propagation=true'];
const WORKLOADS = ['Deployment', 'StatefulSet', 'ReplicaSet'];

function fleetsOf(vectors: { readonly fleets: readonly { readonly name: string; readonly clusters: any[] }[] }) {
  const fleets = new Map(vectors.fleets.map((fleet) => [fleet.name, Fleet.fromManifests(fleet.clusters)]));
  return (name: string) => fleets.get(name) as Fleet;
}

/** Which workload of a group is placed first is not known: what depends on it is left open, and only that. */
const OPEN = 'workload affinity: which workload of the group is placed first';

function withoutOpen(outcome: RuleOutcome, unsupported: readonly any[]): RuleOutcome {
  const open = new Set(unsupported.map(({ resource }) => `${resource.kind}/${resource.name}`));
  const works = Object.entries(outcome.works).map(([cluster, sent]) => [
    cluster,
    sent.filter(({ manifest }) => !open.has(`${manifest.kind}/${manifest.metadata.name}`)),
  ]);
  return {
    ...outcome,
    bindings: outcome.bindings.filter(({ resource }) => !open.has(`${resource.kind}/${resource.name}`)),
    works: Object.fromEntries(works),
  };
}

/** Cases of one rule. */
export function* ruleRuns(): Generator<VectorRun> {
  const vectors = ruleVectors();
  const fleetOf = fleetsOf(vectors);
  for (const { name, rule, fleet, stored, outcomes, assume = [] } of vectors.cases) {
    const documents = yamlFields(stored);
    const mayBeOpen = rule === 'workload-affinity';
    for (const outcome of outcomes) {
      for (const uids of outcome.uids) {
        yield {
          vector: name,
          rule,
          props: { manifests: stored, fleet: fleetOf(fleet), assume: [...ASSUME, ...assume], uids },
          documents,
          conflicts: mayBeOpen ? undefined : recordedConflicts(outcome),
          unknown: ({ unsupported }) => unsupported.filter(({ what }: any) => !mayBeOpen || what !== OPEN),
          expected: ({ unsupported }) => recorded(mayBeOpen ? withoutOpen(outcome, unsupported) : outcome, documents),
        };
      }
    }
  }
}

/** Objects as stored; those that were there already as `kubectl get` prints them. */
function manifestsOf({ stored, unchanged }: Step): any[] {
  return stored
    .filter(({ kind }) => kind !== 'WorkloadRebalancer')
    .map((object) =>
      unchanged.includes(`${object.kind}/${object.metadata.name}`)
        ? { ...object, metadata: { ...object.metadata, resourceVersion: '1' } }
        : object,
    );
}

/** What the application failover controller writes: the cluster leaves the result, and a task says so. */
function evicted(binding: any, how: 'first' | 'last' | 'all'): any {
  const clusters: any[] = binding.spec.clusters ?? [];
  if (!binding.spec.placement || clusters.length === 0) return binding;
  const sorted = [...clusters].sort((a, b) => (a.name < b.name ? -1 : 1));
  const gone = how === 'all' ? sorted : [how === 'first' ? sorted[0] : sorted[sorted.length - 1]];
  const spec = {
    ...binding.spec,
    clusters: clusters.filter((each) => !gone.includes(each)),
    gracefulEvictionTasks: gone.map(({ name, replicas }) => ({ fromCluster: name, replicas, purgeMode: 'Gracefully' })),
  };
  return { ...binding, spec };
}

/** What the WorkloadRebalancer's controller writes. */
function triggered(binding: any): any {
  return {
    ...binding,
    spec: { ...binding.spec, rescheduleTriggeredAt: '2026-01-01T00:00:01Z' },
    status: { ...binding.status, lastScheduledTime: '2026-01-01T00:00:00Z' },
  };
}

function bindingsBefore({ change, stored }: Step, { before }: StepOutcome, uids: any): any[] {
  const rebalanced = stored.some(({ kind }) => kind === 'WorkloadRebalancer');
  return before
    .map((binding) => (change.evict ? evicted(binding, change.evict) : binding))
    .map((binding) => (rebalanced && binding.spec.placement ? triggered(binding) : binding))
    .map((binding) => {
      const { kind, namespace, name } = binding.spec.resource;
      const uid = uids[[kind, namespace, name].filter(Boolean).join('/')];
      return { ...binding, spec: { ...binding.spec, resource: { ...binding.spec.resource, uid } } };
    });
}

/** A Work in a cluster that the resource is being evicted from stays as it was until it runs elsewhere. */
function elsewhere(shape: ReturnType<typeof recorded>, { evicting = [], waiting = [] }: StepOutcome): typeof shape {
  const isWritten = (at: string) => !waiting.includes(at.split(' ')[1]);
  const works = Object.entries(shape.works).filter(([at]) => !evicting.includes(at) && isWritten(at));
  return { ...shape, works: Object.fromEntries(works), suspended: shape.suspended.filter(isWritten) };
}

/** Changes, one after the other. */
export function* stepRuns(): Generator<VectorRun> {
  const vectors = stepVectors();
  const fleetOf = fleetsOf(vectors);
  for (const { name, rule, steps, assume = [] } of vectors.cases) {
    for (const [index, step] of steps.entries()) {
      const documents = yamlFields(step.stored);
      for (const outcome of step.outcomes) {
        for (const uids of outcome.uids) {
          const bindings = bindingsBefore(step, outcome, uids);
          const fleet = fleetOf(step.fleet);
          const kept = stale(steps, index, uids, outcome);
          const waiting = [...(outcome.waiting ?? []), ...kept];
          yield {
            vector: `${name} ${index + 1}`,
            rule,
            props: { manifests: manifestsOf(step), fleet, assume: [...ASSUME, ...assume], bindings, uids },
            documents,
            waiting,
            conflicts: recordedConflicts(outcome),
            unknown: (json) => [...json.unsupported, ...untold(kept, json)],
            expected: () => elsewhere(recorded(outcome, documents), { ...outcome, waiting }),
          };
        }
      }
    }
  }
}

/** Objects of the first vectors, in the namespace that their outcomes show. */
export function storedObjects(vector: PlacementCase): any[] {
  return vector.stored.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: 'ns' } }));
}

/** The UIDs of one run, by the keys that a preview takes. */
export function uidsOf(run: { readonly [resource: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(run).map(([key, uid]) => [key.replace('/', '/ns/'), uid]));
}

/** The bindings that a run left behind, as Karmada would print them. */
export function bindingsAfter(
  vector: PlacementCase,
  outcome: RecordedOutcome,
  run: { readonly [key: string]: string },
): any[] {
  const policies = new Map(
    vector.stored.filter((object) => object.kind === 'PropagationPolicy').map((each) => [each.metadata.name, each]),
  );
  return outcome.bindings
    .filter((binding) => binding.policy !== null)
    .map((binding) => ({
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: {
        name: `${binding.resource.name}-${binding.resource.kind}`.toLowerCase(),
        namespace: 'ns',
        annotations: {
          'policy.karmada.io/applied-placement':
            binding.scheduled === 'True' ? JSON.stringify(policies.get(binding.policy)?.spec.placement) : '',
        },
      },
      spec: {
        resource: {
          ...binding.resource,
          namespace: 'ns',
          uid: run[`${binding.resource.kind}/${binding.resource.name}`],
        },
        clusters: binding.clusters,
        replicas: binding.replicas,
      },
      status: {
        schedulerObservingAffinityName: binding.affinity ?? undefined,
        conditions: [
          { type: 'Scheduled', status: binding.scheduled, reason: binding.reason, message: binding.message },
        ],
      },
    }));
}

/** The objects of a case once its workload was scaled. */
export function rescaled(vector: PlacementCase): any[] {
  return storedObjects(vector).map((object) =>
    WORKLOADS.includes(object.kind) ? { ...object, spec: { ...object.spec, replicas: vector.rescaleTo } } : object,
  );
}

/** An outcome of the first vectors in the shape of the later ones. */
function widened({ uids, bindings, works }: RecordedOutcome): RuleOutcome {
  const named = (name: string | null) => name && { kind: 'PropagationPolicy', namespace: 'ns', name };
  return {
    uids,
    works: works as RuleOutcome['works'],
    bindings: bindings.map((binding: any) => ({
      ...binding,
      resource: { ...binding.resource, namespace: 'ns' },
      policy: named(binding.policy),
      requiredBy: binding.requiredBy.map((each: any) => ({ namespace: 'ns', ...each, clusters: each.clusters ?? [] })),
    })),
  };
}

/** The first vectors, which mix rules, and their rescales. */
export function* placementRuns(): Generator<VectorRun> {
  const vectors = placementVectors();
  const fleetOf = fleetsOf(vectors);
  for (const vector of vectors.cases) {
    const documents = yamlFields(vector.stored);
    const common = { rule: 'placement', documents, unknown: ({ unsupported }: any) => unsupported };
    const props = { fleet: fleetOf(vector.fleet), assume: ASSUME };
    const both = [
      ...vector.outcomes.map((each) => [each, false] as const),
      ...(vector.afterRescale ?? []).map((each) => [each, true] as const),
    ];
    for (const [outcome, later] of both) {
      for (const run of outcome.uids) {
        const before = vector.outcomes.find(({ uids }) =>
          uids.some((each) => Object.keys(each).every((key) => each[key] === run[key])),
        );
        const bindings = later && before ? bindingsAfter(vector, before, run) : undefined;
        const manifests = later ? rescaled(vector) : storedObjects(vector);
        yield {
          ...common,
          vector: later ? `${vector.name} rescaled` : vector.name,
          props: { ...props, manifests, uids: uidsOf(run), ...(bindings && { bindings }) },
          expected: () => recorded(widened(outcome), documents),
        };
      }
    }
  }
}

/** Every run of every vector. */
export function* vectorRuns(): Generator<VectorRun> {
  yield* placementRuns();
  yield* ruleRuns();
  yield* stepRuns();
}
