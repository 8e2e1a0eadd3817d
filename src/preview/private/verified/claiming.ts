import { dependenciesOf } from '../../../core/private/dependencies';
import { isWorkload } from '../binding';
import { isClaimed } from '../claim';
import { type PreviewRule, type RuleFacts, stage } from './preview-rule';

function kindOf({ decision }: RuleFacts): string {
  return `${decision.template.apiVersion} ${decision.template.kind}`;
}

function isOf(facts: RuleFacts, kind: string): boolean {
  return facts.decision.policy?.kind === kind;
}

/** Whether the policy that won selects the template in this way. */
function selectedBy({ decision }: RuleFacts, matches: (selector: any) => boolean): boolean {
  const { apiVersion, kind } = decision.template;
  const selectors: any[] = decision.policy?.spec.resourceSelectors ?? [];
  return selectors.some((each) => each.apiVersion === apiVersion && each.kind === kind && matches(each));
}

function rivals({ decision, candidates }: RuleFacts): any[] {
  return candidates.filter((policy) => policy !== decision.policy && policy.kind === decision.policy?.kind);
}

const priority = (policy: any) => policy.spec.priority ?? 0;

function follows(kind: string): (facts: RuleFacts) => boolean {
  return ({ decision }) => decision.parents.some(({ key }) => `${key.apiVersion} ${key.kind}` === kind);
}

function isDependency(kind: string): (facts: RuleFacts) => boolean {
  return ({ decision }) => decision.parents.length > 0 && decision.key.kind === kind;
}

/** Which policy claims what, and what follows it. */
export const CLAIMING: readonly PreviewRule[] = [
  ...stage('pkg/util/selector.go', {
    'a selector by name': (facts) => selectedBy(facts, ({ name }) => Boolean(name)),
    'a selector by labels': (facts) => selectedBy(facts, ({ name, labelSelector }) => !name && Boolean(labelSelector)),
    'a selector by kind alone': (facts) => selectedBy(facts, ({ name, labelSelector }) => !name && !labelSelector),
  }),
  ...stage('pkg/detector/policy.go', {
    'a PropagationPolicy': (facts) => isOf(facts, 'PropagationPolicy'),
    'a ClusterPropagationPolicy of a namespaced object': (facts) =>
      isOf(facts, 'ClusterPropagationPolicy') && facts.decision.key.namespace !== '',
    'a cluster-scoped object': (facts) => facts.decision.policy !== undefined && facts.decision.key.namespace === '',
    'a PropagationPolicy before any ClusterPropagationPolicy': (facts) =>
      isOf(facts, 'PropagationPolicy') && facts.candidates.some(({ kind }) => kind === 'ClusterPropagationPolicy'),
    'dependentOverrides that are there': ({ decision }) =>
      decision.waitsFor.length === 0 && (decision.policy?.spec.dependentOverrides ?? []).length > 0,
    'dependentOverrides that are missing': ({ decision }) => decision.waitsFor.length > 0,
    'an object that lost its policy and stays': ({ decision }) => decision.left,
  }),
  ...stage('pkg/detector/compare.go', {
    'explicit priority': (facts) =>
      rivals(facts).some((policy) => priority(policy) !== priority(facts.decision.policy)),
    'implicit priority, then the name': (facts) =>
      rivals(facts).some((policy) => priority(policy) === priority(facts.decision.policy)),
  }),
  ...stage('pkg/detector/claim.go', {
    'a claim that sticks': ({ existing, decision, candidates }) =>
      existing !== undefined && isClaimed(existing) && Boolean(decision.policy) && candidates.length > 1,
  }),
  ...stage('pkg/detector/preemption.go', {
    preemption: ({ existing, surroundings, candidates }) =>
      surroundings.preemption &&
      existing !== undefined &&
      isClaimed(existing) &&
      candidates.some(({ spec }) => spec.preemption === 'Always'),
  }),
  ...stage('pkg/detector/detector.go', {
    'a lazy policy and an object as it was': ({ decision }) =>
      decision.policy?.spec.activationPreference === 'Lazy' && decision.template.metadata.resourceVersion !== undefined,
    'a lazy policy and an object that is new or edited': ({ decision }) =>
      decision.policy?.spec.activationPreference === 'Lazy' && decision.template.metadata.resourceVersion === undefined,
  }),
  ...stage('pkg/dependenciesdistributor/dependencies_distributor.go', {
    propagateDeps: ({ decision }) =>
      decision.policy?.spec.propagateDeps === true && dependenciesOf(decision.template) !== undefined,
    'a dependency of several': ({ decision }) => decision.parents.length > 1,
    'a dependency with a policy of its own': ({ decision }) =>
      decision.parents.length > 0 && decision.policy !== undefined,
  }),
  ...stage('pkg/resourceinterpreter/default/native/dependencies.go', {
    'a ConfigMap that is needed': isDependency('ConfigMap'),
    'a Secret that is needed': isDependency('Secret'),
    'a ServiceAccount that is needed': isDependency('ServiceAccount'),
    'a PersistentVolumeClaim that is needed': isDependency('PersistentVolumeClaim'),
    'what a Deployment needs': follows('apps/v1 Deployment'),
    'what a StatefulSet needs': follows('apps/v1 StatefulSet'),
    'what a DaemonSet needs': follows('apps/v1 DaemonSet'),
    'what a ReplicaSet needs': follows('apps/v1 ReplicaSet'),
    'what a Job needs': follows('batch/v1 Job'),
    'what a CronJob needs': follows('batch/v1 CronJob'),
    'what a Pod needs': follows('v1 Pod'),
    'what an Ingress needs': follows('networking.k8s.io/v1 Ingress'),
    'what a ServiceImport needs': follows('multicluster.x-k8s.io/v1alpha1 ServiceImport'),
  }),
  ...stage('pkg/resourceinterpreter/default/native/replica.go', {
    'replicas of a Deployment': (facts) => kindOf(facts) === 'apps/v1 Deployment',
    'replicas of a StatefulSet': (facts) => kindOf(facts) === 'apps/v1 StatefulSet',
    'replicas of a ReplicaSet': (facts) => kindOf(facts) === 'apps/v1 ReplicaSet',
    'replicas of a Job': (facts) => kindOf(facts) === 'batch/v1 Job',
    'a Pod': (facts) => kindOf(facts) === 'v1 Pod',
    'a kind without replicas': ({ decision }) => Boolean(decision.policy) && !isWorkload(decision.need),
  }),
];
