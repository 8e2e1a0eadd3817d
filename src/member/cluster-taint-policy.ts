import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { unknownClusters } from '../core/private/declared-clusters';
import { place } from '../core/private/place';
import { PlainObject } from '../core/private/plain-object';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ClusterCondition } from './cluster-condition';
import type { ClusterTaint } from './cluster-taint';
import { taintsTwice } from './private/taints-twice';

/** Options of `ClusterTaintPolicy`. At least one list of conditions is needed. */
export interface ClusterTaintPolicyProps {
  /**
   * The clusters that it looks at. A cluster that leaves the selection keeps its taints.
   *
   * @default ClusterSelector.all()
   */
  readonly targetClusters?: ClusterSelector;

  /**
   * When all of these hold, the taints are put on the cluster.
   *
   * @default - the policy puts no taint on a cluster
   */
  readonly addOnConditions?: ClusterCondition[];

  /**
   * When all of these hold, the taints are taken off the cluster, also those that somebody else put there. Where both lists hold
   * the taints are off.
   *
   * @default - the policy takes no taint off a cluster
   */
  readonly removeOnConditions?: ClusterCondition[];

  /** The taints, at least one. `NoExecute` needs `--allow-no-execute-taint-policy` at Karmada's webhook. */
  readonly taints: ClusterTaint[];

  /**
   * Name of the policy.
   *
   * @default - derived from the construct path, as cdk8s does
   */
  readonly name?: string;

  /**
   * Labels of the policy.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the policy.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Has Karmada put taints on member clusters, and take them off, as conditions in their status come and go.
 *
 * Karmada heeds it only with feature gate `Failover` at its controller manager. Taints stay when the policy goes, when a taint
 * leaves the policy, and when a cluster leaves the selection: take them off first with `removeOnConditions` that hold, or
 * by hand afterwards. Of several policies the oldest goes first.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/clustertaint_types.go
 * @example
 * import { ClusterCondition, ClusterSelector, ClusterTaint, ClusterTaintPolicy, ConditionStatus, MulticloudChart } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * // nothing new goes where the storage is in trouble, as a tool of ours reports it
 * new ClusterTaintPolicy(chart, 'Storage', {
 *   targetClusters: ClusterSelector.labels({ tier: 'edge' }),
 *   addOnConditions: [ClusterCondition.isIn('StorageHealthy', ConditionStatus.FALSE)],
 *   removeOnConditions: [ClusterCondition.isIn('StorageHealthy', ConditionStatus.TRUE)],
 *   taints: [ClusterTaint.noSchedule('example.com/storage')],
 * });
 */
export class ClusterTaintPolicy extends Construct {
  private readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: ClusterTaintPolicyProps) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { targetClusters, addOnConditions = [], removeOnConditions = [], taints } = props;
    const { name, labels, annotations } = props;
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterTaintPolicy',
      metadata: { name, labels, annotations },
      spec: {
        targetClusters: targetClusters?._toKarmada(),
        ...(addOnConditions.length > 0 && { addOnConditions: addOnConditions.map((each) => each._toKarmada()) }),
        ...(removeOnConditions.length > 0 && {
          removeOnConditions: removeOnConditions.map((each) => each._toKarmada()),
        }),
        taints: taints.map((taint) => taint._toKarmada()),
      },
    });
    const found = [...taintsTwice(taints), ...pointless(props)];
    const at = () => place(this, this.object);
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: at() })));
    addCheck(this, () => unknownClusters(chart.instance, targetClusters?._mentioned ?? [], at));
  }

  /** Name of the policy. */
  public get policyName(): string {
    return this.object.name;
  }
}

/** What Karmada takes, and what would never do what it says. Mirrors pkg/controllers/taint at v1.18.2. */
function pointless({ addOnConditions = [], removeOnConditions = [], taints }: ClusterTaintPolicyProps): Trouble[] {
  const found: Trouble[] = [];
  if (taints.length === 0) {
    found.push({ what: 'ClusterTaintPolicy is given no taints', fix: 'give one or more in `taints`' });
  }
  if (addOnConditions.length === 0 && removeOnConditions.length === 0) {
    found.push({
      what: 'ClusterTaintPolicy is given no conditions, so Karmada would never do anything about it',
      fix: 'say in `addOnConditions` when taints are put on, in `removeOnConditions` when they are taken off, or both',
    });
  }
  for (const [name, conditions] of Object.entries({ addOnConditions, removeOnConditions })) {
    if (conditions.every((one) => conditions.every((other) => one._mayHoldWith(other)))) continue;
    found.push({
      what: `the conditions in \`${name}\` exclude each other, and all of them would have to hold`,
      fix: 'make a policy for each of them',
    });
  }
  if (
    addOnConditions.length > 0 &&
    removeOnConditions.length > 0 &&
    removeOnConditions.every((removing) => addOnConditions.some((adding) => adding._implies(removing)))
  ) {
    found.push({
      what: 'whenever `addOnConditions` hold, `removeOnConditions` hold too, and Karmada takes off what it just put on',
      fix: 'let a condition stand in both lists, with statuses of which none is in both',
    });
  }
  return found;
}
