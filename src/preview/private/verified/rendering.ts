import { type PreviewRule, type RuleFacts, stage } from './preview-rule';

const placed = ({ decision }: RuleFacts) => decision.placed.some(({ clusters }) => clusters.length > 0);

function rulesOf({ spec }: any): any[] {
  return spec.overrideRules ?? [{ targetCluster: spec.targetCluster, overriders: spec.overriders }];
}

/** Whether an override of the template does this. */
function overrides(
  field: string,
  test: (item: any, facts: RuleFacts) => boolean = () => true,
): (facts: RuleFacts) => boolean {
  return (facts) =>
    facts.overrides.some((policy) =>
      rulesOf(policy).some(({ overriders }) => (overriders?.[field] ?? []).some((item: any) => test(item, facts))),
    );
}

const ofKind =
  (...kinds: string[]) =>
  (facts: RuleFacts) =>
    placed(facts) && kinds.includes(facts.decision.template.kind);

/** From the decision to what a cluster receives. */
export const RENDERING: readonly PreviewRule[] = [
  ...stage('pkg/resourceinterpreter/default/native/revisereplica.go', {
    'replicas of a cluster': (facts) =>
      ofKind('Deployment', 'StatefulSet', 'ReplicaSet')(facts) && facts.decision.template.spec?.replicas !== undefined,
    'parallelism of a cluster': (facts) =>
      ofKind('Job')(facts) && facts.decision.template.spec?.parallelism !== undefined,
  }),
  ...stage('pkg/controllers/binding/common.go', {
    'completions of a divided Job': (facts) =>
      ofKind('Job')(facts) &&
      facts.decision.template.spec?.completions !== undefined &&
      facts.decision.policy?.spec.placement?.replicaScheduling?.replicaSchedulingType === 'Divided',
    conflictResolution: ({ decision }) => decision.policy?.spec.conflictResolution === 'Overwrite',
    'dispatching that is suspended': ({ decision }) => decision.policy?.spec.suspension?.dispatching === true,
    'dispatching that is suspended on clusters': ({ decision }) =>
      (decision.policy?.spec.suspension?.dispatchingOnClusters?.clusterNames ?? []).length > 0,
  }),
  ...stage('pkg/util/overridemanager/overridemanager.go', {
    'an OverridePolicy': (facts) => facts.overrides.some(({ kind }) => kind === 'OverridePolicy'),
    'a ClusterOverridePolicy': (facts) => facts.overrides.some(({ kind }) => kind === 'ClusterOverridePolicy'),
    'several override policies': (facts) => facts.overrides.length > 1,
    'an override of one target without rules': (facts) =>
      facts.overrides.some(({ spec }) => spec.overrideRules === undefined),
    plaintext: overrides('plaintext'),
    'a document in a field, as JSON': overrides('fieldOverrider', ({ json }) => (json ?? []).length > 0),
    'a document in a field, as YAML': overrides('fieldOverrider', ({ yaml }) => (yaml ?? []).length > 0),
  }),
  ...stage('pkg/util/overridemanager/imageoverride.go', {
    'the registry of images': overrides('imageOverrider', ({ component }) => component === 'Registry'),
    'the repository of images': overrides('imageOverrider', ({ component }) => component === 'Repository'),
    'the tag of images': overrides('imageOverrider', ({ component }) => component === 'Tag'),
    'an image by its path': overrides('imageOverrider', ({ predicate }) => predicate !== undefined),
  }),
  ...stage('pkg/util/overridemanager/commandargsoverride.go', {
    'the command of containers': overrides('commandOverrider'),
    'the arguments of containers': overrides('argsOverrider'),
  }),
  ...stage('pkg/util/overridemanager/labelannotationoverrider.go', {
    labels: overrides('labelsOverrider'),
    annotations: overrides('annotationsOverrider'),
  }),
  ...stage('pkg/resourceinterpreter/default/native/prune/prune.go', {
    'what only a Job on Karmada has': ofKind('Job'),
    'what only a Service on Karmada has': ofKind('Service'),
    'what only a ServiceAccount on Karmada has': (facts) =>
      ofKind('ServiceAccount')(facts) && (facts.decision.template.secrets ?? []).length > 0,
    'a token of a ServiceAccount': (facts) =>
      ofKind('Secret')(facts) && facts.decision.template.type === 'kubernetes.io/service-account-token',
    'the node that a PersistentVolumeClaim was bound on': (facts) =>
      ofKind('PersistentVolumeClaim')(facts) &&
      facts.decision.template.metadata.annotations?.['volume.kubernetes.io/selected-node'] !== undefined,
  }),
];
