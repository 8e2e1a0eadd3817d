import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Trouble } from '../core/private/trouble';
import type { MulticloudRolloutProps } from './multicloud-rollout-props';
import { divisionTroubles } from './private/division';
import { type Draft, Resource } from './private/resource';
import { rolloutSpec, rolloutTroubles } from './private/rollout';
import { unless } from './private/unless';

/** Options of `MulticloudDaemonSet`. Its placement duplicates: a daemon set has no replicas that could be divided. */
export interface MulticloudDaemonSetProps extends MulticloudRolloutProps {
  /**
   * How pods are replaced: one after the other (`RollingUpdate`, with `maxUnavailable` or `maxSurge`), or when somebody deletes
   * them (`OnDelete`).
   *
   * @default - as Kubernetes does: one after the other
   */
  readonly updateStrategy?: kplus.k8s.DaemonSetUpdateStrategy;
}

/**
 * A daemon set on several clusters: one pod on each node of each cluster that the placement chooses.
 *
 * The policies have the name `<name>-daemonset`, cut to 253 characters with a hash where it would be longer.
 *
 * @example
 * import { ClusterSelector, MulticloudChart, MulticloudDaemonSet, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudDaemonSet(chart, 'log-agent', {
 *   containers: [{ image: 'registry.example/log-agent:2.1.0' }],
 *   tolerations: [{ operator: 'Exists' }],
 *   placement: Placement.duplicated({ clusters: ClusterSelector.labels({ tier: 'edge' }) }),
 * });
 */
export class MulticloudDaemonSet extends Resource {
  /** @throws if the placement divides or Kubernetes would refuse the daemon set; the error names everything that is wrong */
  constructor(scope: Construct, id: string, props: MulticloudDaemonSetProps) {
    super(scope, id, props, draft(props.name ?? id.toLowerCase(), props));
  }
}

function draft(name: string, props: MulticloudDaemonSetProps): Draft {
  const { updateStrategy } = props;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    name,
    spec: () => ({
      updateStrategy: kplus.k8s.toJson_DaemonSetUpdateStrategy(updateStrategy),
      ...rolloutSpec(name, props),
    }),
    troubles: [
      ...rolloutTroubles('daemon set', name, props),
      ...divisionTroubles('daemon set', props, 'it runs on every node of each cluster'),
      ...strategyTroubles(updateStrategy),
    ],
  };
}

/** Mirrors pkg/apis/apps/validation of Kubernetes v1.35. */
function strategyTroubles(strategy: kplus.k8s.DaemonSetUpdateStrategy = {}): Trouble[] {
  const { type = 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } = {} } = strategy;
  const [surge, unavailable] = [maxSurge?.value ?? 0, maxUnavailable?.value ?? 1].map((value) =>
    parseInt(`${value}`, 10),
  );
  return [
    ...unless(
      ['RollingUpdate', 'OnDelete'].includes(type),
      `\`updateStrategy\` has the type "${type}"`,
      'give RollingUpdate or OnDelete',
    ),
    ...unless(
      surge > 0 !== unavailable > 0,
      surge > 0
        ? '`updateStrategy` has a `maxSurge` and a `maxUnavailable` that is not 0'
        : '`updateStrategy` has neither `maxSurge` nor `maxUnavailable`, so no pod could be replaced',
      'give one of the two, and 0 for the other',
    ),
  ];
}
