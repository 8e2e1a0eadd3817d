import { FindingLevel } from '../../core/finding';
import type { Meaning } from '../../core/private/meaning';

function warning(code: string, title: string, why: string, fix: string, see?: string): Meaning {
  return { code, level: FindingLevel.WARNING, title, why, fix, see };
}

/** What the codes stand for that only a preview can know, because it is given the fleet. */
export const PREVIEW_MEANINGS: readonly Meaning[] = [
  warning(
    'MC020',
    'a fleet without clusters',
    'Nothing can go anywhere.',
    'give what `kubectl get clusters -o yaml` prints',
  ),
  warning(
    'MC022',
    'a quota that does not allow what is placed',
    'With the gate FederatedQuotaEnforcement Karmada refuses a placement that asks for more than is left of a FederatedResourceQuota of its namespace. Which workload that is depends on which comes last.',
    'ask for less, or have the quota raised',
    'pkg/webhook/resourcebinding/validating.go at v1.18.2',
  ),
  warning(
    'MC026',
    'a cluster that has not joined yet',
    'Which APIs it serves is not known, so every one is taken for granted.',
    'add the cluster to the fleet once it has joined',
  ),
  warning(
    'MC027',
    'a rule that is not verified',
    'No recorded decision of a real Karmada covers a rule that this resource rests on: what the preview says about it was never compared.',
    'compare with what Karmada does; docs/preview-coverage.md lists every rule',
  ),
  warning(
    'MC028',
    'a placement that cannot be known',
    "It is up to something that only runs on Karmada: another scheduler, an estimator in each cluster, somebody's interpreter of the kind. A preview does not guess.",
    'see what Karmada decides, once it is applied',
  ),
  warning(
    'MC029',
    'a fleet that was read long ago',
    'Clusters join and leave, taints come and go, and what is free changes all the time: the preview is of the fleet as it was.',
    'read it again with `cdk8s-karmada fleet pull`',
  ),
  warning(
    'MC047',
    'overrides that a policy waits for',
    'Karmada sends nothing of the policy before all its dependentOverrides exist.',
    'add them to the input, or to the existing policies',
    'pkg/detector/policy.go at v1.18.2',
  ),
  warning(
    'MC058',
    'something that no policy selects any more',
    'Karmada neither takes it away nor looks after it: its clusters keep what they have of it, edits of it do not reach them, and it moves nowhere.',
    'have a policy select it again, or delete it',
    'pkg/detector/policy.go at v1.18.2',
  ),
];
