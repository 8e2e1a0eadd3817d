import { countsSets } from '../binding';
import { type PreviewRule, placementOf, type RuleFacts, stage } from './preview-rule';

const SCRIPTS = 'pkg/resourceinterpreter/default/thirdparty/resourcecustomizations';

function is(kind: string): (facts: RuleFacts) => boolean {
  return ({ decision }) =>
    decision.policy !== undefined &&
    `${decision.key.apiVersion} ${decision.key.kind}` === kind &&
    !decision.unsupported;
}

function inComponents(kind: string): (facts: RuleFacts) => boolean {
  return (facts) => is(kind)(facts) && facts.decision.need.components !== undefined;
}

function follows(...groups: readonly string[]): (facts: RuleFacts) => boolean {
  return ({ decision }) => decision.parents.some(({ key }) => groups.includes(key.apiVersion.split('/')[0]));
}

const inSets = (facts: RuleFacts) => {
  const { policy, need, placed } = facts.decision;
  return policy !== undefined && placed.length > 0 && countsSets({ need, placement: placementOf(facts) });
};

/** Kinds that Karmada reads by scripts that it ships. */
export const THIRD_PARTY: readonly PreviewRule[] = [
  ...stage(SCRIPTS, {
    'replicas of a CloneSet': is('apps.kruise.io/v1alpha1 CloneSet'),
    'replicas of a UnitedDeployment': is('apps.kruise.io/v1alpha1 UnitedDeployment'),
    'replicas of a StatefulSet of OpenKruise': is('apps.kruise.io/v1beta1 StatefulSet'),
    'replicas of a BroadcastJob': is('apps.kruise.io/v1alpha1 BroadcastJob'),
    'replicas of a Workflow': is('argoproj.io/v1alpha1 Workflow'),
    'replicas of a FlinkDeployment': (facts) =>
      is('flink.apache.org/v1beta1 FlinkDeployment')(facts) && !facts.decision.need.components,
    'replicas of a Notebook': is('kubeflow.org/v1 Notebook'),
    'replicas of a RayService': is('ray.io/v1 RayService'),
    'components of a FlinkDeployment': inComponents('flink.apache.org/v1beta1 FlinkDeployment'),
    'components of an MPIJob': inComponents('kubeflow.org/v2beta1 MPIJob'),
    'components of a PyTorchJob': inComponents('kubeflow.org/v1 PyTorchJob'),
    'components of a RayCluster': inComponents('ray.io/v1 RayCluster'),
    'components of a RayJob': inComponents('ray.io/v1 RayJob'),
    'components of a SparkApplication': inComponents('sparkoperator.k8s.io/v1beta2 SparkApplication'),
    'components of a TFJob': inComponents('kubeflow.org/v1 TFJob'),
    'components of a Job of Volcano': inComponents('batch.volcano.sh/v1alpha1 Job'),
    'what a kind of Argo needs': follows('argoproj.io'),
    'what a kind of Flux needs': follows(
      'helm.toolkit.fluxcd.io',
      'kustomize.toolkit.fluxcd.io',
      'source.toolkit.fluxcd.io',
    ),
    'what a kind of Kubeflow needs': follows('kubeflow.org'),
    'what a kind of OpenKruise needs': follows('apps.kruise.io'),
    'what a kind of Ray needs': follows('ray.io'),
  }),
  ...stage('pkg/scheduler/core/estimation.go', {
    'components that go to one cluster': inSets,
    'components that go to several clusters': (facts) =>
      (facts.decision.need.components ?? []).length > 0 && facts.decision.policy !== undefined && !inSets(facts),
  }),
  ...stage('pkg/estimator/scheduling_simulator_components.go', {
    'sets of pods by resource models': (facts) =>
      inSets(facts) &&
      facts.surroundings.resourceModels &&
      facts.clusters.some(({ models, summary }) => models.length > 0 && summary?.allocatableModelings?.length > 0),
  }),
];
