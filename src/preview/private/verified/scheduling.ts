import { type Binding, isDivided, isWorkload, sumReplicas } from '../binding';
import { apiKey } from '../cluster';
import { steadyState } from '../existing-binding';
import { affinitiesOf, type PreviewRule, placementOf, type RuleFacts, stage } from './preview-rule';

const hasTaint = ({ clusters }: RuleFacts) =>
  clusters.some(({ taints }) => taints.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute'));
const hasEviction = ({ existing, clusters }: RuleFacts) =>
  clusters.some(
    ({ name, taints }) =>
      taints.some(({ effect }) => effect === 'NoExecute') &&
      (existing?.spec?.clusters ?? []).some((each: any) => each.name === name),
  );
const claimed = ({ decision }: RuleFacts) => decision.policy !== undefined;
const affinity = (test: (each: any) => boolean) => (facts: RuleFacts) => affinitiesOf(facts).some(test);
const field = (key: string) =>
  affinity(({ fieldSelector }) => (fieldSelector?.matchExpressions ?? []).some((each: any) => each.key === key));
const tolerates = (test: (toleration: any) => boolean) => (facts: RuleFacts) =>
  hasTaint(facts) && (placementOf(facts).clusterTolerations ?? []).some(test);
const spreads = (by: string) => (facts: RuleFacts) =>
  (placementOf(facts).spreadConstraints ?? []).some((each: any) => each.spreadByField === by);

/** Filters and scores, and the order of groups. */
export const FILTERING: readonly PreviewRule[] = [
  ...stage('pkg/scheduler/framework/plugins/apienablement', {
    'a cluster without the API': ({ decision, clusters }) =>
      Boolean(decision.policy) &&
      clusters.some(({ apis }) => apis && !apis.has(apiKey(decision.key.apiVersion, decision.key.kind))),
  }),
  ...stage('pkg/scheduler/framework/plugins/clusteraffinity', {
    'names of clusters': affinity(({ clusterNames }) => (clusterNames ?? []).length > 0),
    'names of clusters that are excluded': affinity(({ exclude }) => (exclude ?? []).length > 0),
    'labels of clusters': affinity(({ labelSelector }) => labelSelector !== undefined),
    'the region of clusters': field('region'),
    'the provider of clusters': field('provider'),
    'the zone of clusters': field('zone'),
  }),
  ...stage('pkg/scheduler/framework/plugins/tainttoleration', {
    'a taint': (facts) => hasTaint(facts) && claimed(facts),
    'a toleration of a key': tolerates(({ key }) => Boolean(key)),
    'a toleration of everything': tolerates(({ key, operator }) => !key && operator === 'Exists'),
    'a toleration of a value': tolerates(({ key, operator }) => !key && operator !== 'Exists'),
  }),
  ...stage('pkg/scheduler/framework/plugins/spreadconstraint', {
    'spread by provider': spreads('provider'),
    'spread by zone': spreads('zone'),
  }),
  ...stage('pkg/scheduler/framework/plugins/clustereviction', {
    'a cluster that the object is evicted from': ({ existing, decision }) =>
      Boolean(decision.policy) && (existing?.spec?.gracefulEvictionTasks ?? []).length > 0,
  }),
  ...stage('pkg/controllers/cluster/taint_manager.go', {
    'a taint NoExecute where something runs': (facts) => facts.surroundings.evicts && hasEviction(facts),
  }),
  ...stage('pkg/scheduler/framework/plugins/workloadaffinity', {
    'workloads that keep together': (facts) =>
      facts.surroundings.workloadAffinity && Boolean(placementOf(facts).workloadAffinity?.affinity),
  }),
  ...stage('pkg/scheduler/framework/plugins/workloadantiaffinity', {
    'workloads that keep apart': (facts) =>
      facts.surroundings.workloadAffinity && Boolean(placementOf(facts).workloadAffinity?.antiAffinity),
  }),
  ...stage('pkg/scheduler/core/generic_scheduler.go', {
    'a cluster that is leaving': (facts) => claimed(facts) && facts.clusters.some(({ deleting }) => deleting),
    'no cluster that fits': ({ decision }) => decision.reason === 'NoClusterFit',
  }),
  ...stage('pkg/scheduler/scheduler.go', {
    'groups of affinities': (facts) =>
      !placementOf(facts).clusterAffinity && (placementOf(facts).clusterAffinities ?? []).length > 0,
    'a later group of affinities': (facts) => {
      const groups: any[] = placementOf(facts).clusterAffinities ?? [];
      return groups.findIndex(({ affinityName }) => affinityName === facts.decision.affinity) > 0;
    },
    'a scheduler of another name': ({ decision, surroundings }) =>
      Boolean(decision.policy) &&
      (decision.policy.spec.schedulerName || 'default-scheduler') !== surroundings.schedulerName,
    'scheduling that is suspended': ({ existing }) => existing?.spec?.suspension?.scheduling === true,
    'an object that is placed already': ({ existing, decision }) =>
      existing !== undefined && Boolean(decision.policy) && (existing.spec?.clusters ?? []).length > 0,
  }),
];

const strategyOf = (facts: RuleFacts) => placementOf(facts).replicaScheduling ?? {};
const divided = (facts: RuleFacts) =>
  isWorkload(facts.decision.need) && isDivided(placementOf(facts)) && claimed(facts);
const byCapacity = (facts: RuleFacts) =>
  divided(facts) &&
  (strategyOf(facts).replicaDivisionPreference === 'Aggregated' ||
    Boolean(strategyOf(facts).weightPreference?.dynamicWeight));
const fixed = (facts: RuleFacts) =>
  divided(facts) && !byCapacity(facts) && strategyOf(facts).replicaDivisionPreference === 'Weighted';
const constrained = (facts: RuleFacts) => (placementOf(facts).spreadConstraints ?? []).length > 0;
const lists = ({ weightPreference }: any) => (weightPreference?.staticWeightList ?? []).length > 0;
const before = ({ existing, clusters }: RuleFacts): Pick<Binding, 'previous' | 'fresh'> => {
  const { previous, fresh } = steadyState(existing);
  return { previous: previous.filter(({ name }) => clusters.some((each) => each.name === name)), fresh };
};
const steady = (test: (was: number, wanted: number, fresh: boolean) => boolean) => (facts: RuleFacts) => {
  const { previous, fresh } = before(facts);
  return byCapacity(facts) && previous.length > 0 && test(sumReplicas(previous), facts.decision.need.replicas, fresh);
};
const capacity = (facts: RuleFacts) => byCapacity(facts) || (constrained(facts) && isWorkload(facts.decision.need));
const asks = (test: (resource: string) => boolean) => (facts: RuleFacts) =>
  capacity(facts) && [...(facts.decision.need.request?.keys() ?? [])].some(test);

/** Selection, capacity and division. */
export const DIVIDING: readonly PreviewRule[] = [
  ...stage('pkg/scheduler/core/spreadconstraint/select_clusters.go', {
    'fixed weights, which leave spread constraints out': (facts) => fixed(facts) && constrained(facts),
  }),
  ...stage('pkg/scheduler/core/spreadconstraint/select_clusters_by_cluster.go', {
    'spread by cluster': (facts) => spreads('cluster')(facts) && !spreads('region')(facts) && !fixed(facts),
    'spread without maxGroups': (facts) =>
      !fixed(facts) && (placementOf(facts).spreadConstraints ?? []).some((each: any) => each.maxGroups === undefined),
  }),
  ...stage('pkg/scheduler/core/spreadconstraint/select_clusters_by_region.go', {
    'spread by region, copied': (facts) => spreads('region')(facts) && !isDivided(placementOf(facts)),
    'spread by region, divided': (facts) => spreads('region')(facts) && isDivided(placementOf(facts)) && !fixed(facts),
  }),
  ...stage('pkg/scheduler/core/common.go', {
    overflow: (facts) =>
      isWorkload(facts.decision.need) && affinitiesOf(facts).some(({ overflowAffinities }) => overflowAffinities),
    'selected clusters without a replica get the object': (facts) =>
      divided(facts) && facts.surroundings.emptyWorkloads,
    'selected clusters without a replica get nothing': (facts) => divided(facts) && !facts.surroundings.emptyWorkloads,
  }),
  ...stage('pkg/scheduler/core/assignment.go', {
    'a whole copy for each cluster': (facts) =>
      claimed(facts) && isWorkload(facts.decision.need) && !isDivided(placementOf(facts)),
    'fixed weights': (facts) => fixed(facts) && lists(strategyOf(facts)),
    'equal weights': (facts) => fixed(facts) && !lists(strategyOf(facts)),
    'weights by capacity': (facts) => byCapacity(facts) && strategyOf(facts).replicaDivisionPreference === 'Weighted',
    'the fewest clusters': (facts) => byCapacity(facts) && strategyOf(facts).replicaDivisionPreference === 'Aggregated',
    'a workload of no replica': (facts) => divided(facts) && facts.decision.need.replicas === 0,
  }),
  ...stage('pkg/scheduler/core/division_algorithm.go', {
    'scaled up': steady((was, wanted, fresh) => !fresh && was < wanted),
    'scaled down': steady((was, wanted, fresh) => !fresh && was > wanted),
    'as many as before': steady((was, wanted, fresh) => !fresh && was === wanted),
    'distributed from scratch': steady((_was, _wanted, fresh) => fresh),
    'capacity that does not suffice': ({ decision }) => decision.reason === 'Unschedulable',
  }),
  ...stage('pkg/util/helper/webstermethod.go', {
    'shares of replicas': (facts) => divided(facts) && facts.decision.need.replicas > 0,
  }),
  ...stage('pkg/estimator/client/general.go', {
    'capacity in pods': (facts) => capacity(facts) && facts.decision.need.request === undefined,
    'capacity in CPU': asks((name) => name === 'cpu'),
    'capacity in memory': asks((name) => name === 'memory'),
    'capacity in other resources': asks((name) => name !== 'cpu' && name !== 'memory'),
    'capacity by resource models': (facts) =>
      capacity(facts) &&
      facts.surroundings.resourceModels &&
      facts.clusters.some(({ summary }) => (summary?.allocatableModelings ?? []).length > 0),
    'a cluster that does not tell its capacity': (facts) =>
      capacity(facts) && facts.clusters.some(({ summary }) => !summary),
  }),
];
