import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { Objects } from './objects';
import { divisionOf, isOneCluster } from './placements';
import { record } from './read';
import type { Doubt, InputRule } from './rule';

/** Kinds whose replicas Karmada cannot read, so that it has none to divide; unless somebody taught it. */
function undivided(objects: Objects, kinds: readonly string[], message: (policy: string) => string): Doubt[] {
  const taught = objects
    .ofKind('config.karmada.io/ResourceInterpreterCustomization')
    .map(({ spec }) => `${spec?.target?.apiVersion} ${spec?.target?.kind}`);
  return kinds.flatMap((kind) =>
    objects.ofKind(kind).flatMap((object) => {
      const policy = objects.policyOf(object);
      if (!policy || divisionOf(policy) === 'duplicated' || isOneCluster(policy)) return [];
      if (taught.includes(`${object.apiVersion} ${object.kind}`)) return [];
      return [{ object, path: 'spec', message: message(keyText(keyOf(policy))) }];
    }),
  );
}

/** An Indexed Job whose completions are divided: each cluster counts its part from 0. */
function indexed(objects: Objects): Doubt[] {
  return objects.ofKind('batch/Job').flatMap((object) => {
    const { completionMode } = record(object.spec);
    const policy = objects.policyOf(object);
    if (completionMode !== 'Indexed' || !policy || divisionOf(policy) === 'duplicated' || isOneCluster(policy))
      return [];
    const message = `${keyText(keyOf(policy))} divides its completions, and each cluster counts the indexes of its part from 0: low ones run several times, high ones never`;
    const fix = 'choose one cluster, or let the pods take their work from a queue and leave completionMode out';
    return [{ object, path: 'spec.completionMode', message, fix }];
  });
}

export const UNDIVIDED_KIND: InputRule = {
  code: 'MC031',
  level: FindingLevel.WARNING,
  title: 'a workload that cannot be divided',
  why: 'Karmada does not know replicas of a CronJob or a DaemonSet. Where a placement divides, each of the chosen clusters gets the whole of it: a CronJob runs once in each. The completions of an Indexed Job are divided, but its indexes begin at 0 in each cluster.',
  fix: 'duplicate it to the clusters that are to run it, or choose one cluster',
  see: 'pkg/resourceinterpreter/default/native/replica.go and pkg/controllers/binding/common.go at v1.18.2',
  check: (objects) => [
    ...undivided(
      objects,
      ['batch/CronJob'],
      (policy) => `${policy} divides, but a CronJob goes whole to each cluster: it runs once in each`,
    ),
    ...undivided(
      objects,
      ['apps/DaemonSet'],
      (policy) => `${policy} divides, but a DaemonSet goes whole to each cluster: it has no replicas`,
    ),
    ...indexed(objects),
  ],
};

export const UNDIVIDED_COMPONENTS: InputRule = {
  code: 'MC032',
  level: FindingLevel.WARNING,
  title: 'a workload of several components that is to be divided',
  why: 'A workload whose parts need each other, such as a driver and its workers, is not divided: it goes whole to each of the chosen clusters.',
  fix: 'spread it by cluster with minGroups and maxGroups 1, or duplicate it',
  see: 'pkg/resourceinterpreter/default/thirdparty at v1.18.2',
  check: (objects) =>
    undivided(
      objects,
      [
        'batch.volcano.sh/Job',
        'kubeflow.org/MPIJob',
        'kubeflow.org/PyTorchJob',
        'kubeflow.org/TFJob',
        'ray.io/RayCluster',
        'ray.io/RayJob',
        'sparkoperator.k8s.io/SparkApplication',
      ],
      (policy) => `${policy} divides, but a workload of several components goes whole to each cluster`,
    ),
};
