import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { Objects } from './objects';
import { divisionOf } from './placements';
import type { Doubt, InputRule } from './rule';

/** Kinds whose replicas Karmada cannot read, so that it has none to divide; unless somebody taught it. */
function undivided(objects: Objects, kinds: readonly string[], message: (policy: string) => string): Doubt[] {
  const taught = objects
    .ofKind('config.karmada.io/ResourceInterpreterCustomization')
    .map(({ spec }) => `${spec?.target?.apiVersion} ${spec?.target?.kind}`);
  return kinds.flatMap((kind) =>
    objects.ofKind(kind).flatMap((object) => {
      const policy = objects.policyOf(object);
      if (!policy || divisionOf(policy) === 'duplicated') return [];
      if (taught.includes(`${object.apiVersion} ${object.kind}`)) return [];
      return [{ object, path: 'spec', message: message(keyText(keyOf(policy))) }];
    }),
  );
}

export const UNDIVIDED_CRON_JOB: InputRule = {
  code: 'MC031',
  level: FindingLevel.WARNING,
  title: 'a CronJob that is to be divided',
  why: 'Karmada does not know replicas of a CronJob. Where a placement divides, it goes whole to each of the chosen clusters: every run happens once in each.',
  fix: 'duplicate it to the clusters that are to run it, or choose one cluster',
  see: 'pkg/resourceinterpreter/default/native/replica.go at v1.18.2',
  check: (objects) =>
    undivided(
      objects,
      ['batch/CronJob'],
      (policy) => `${policy} divides, but a CronJob goes whole to each cluster: it runs once in each`,
    ),
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
