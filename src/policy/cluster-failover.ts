import { troubles } from '../core/private/trouble';
import { statePreservation, stateTroubles } from './private/failover';

/** Options of every `ClusterFailover`. */
export interface ClusterFailoverOptions {
  /**
   * What is carried over: label keys for the new copy, each with the JSONPath of its value, which begins below the status of
   * the old one. Karmada does it where its gate `StatefulFailoverInjection` is on.
   *
   * @default - nothing
   */
  readonly statePreservation?: { [labelKey: string]: string };
}

/**
 * Says what becomes of the old copy when Karmada evicts workloads from a cluster, because of a taint with effect `NO_EXECUTE`.
 *
 * It does not turn eviction on: for that the gate `Failover` and the flag `--enable-no-execute-taint-eviction` of Karmada's
 * controller manager have to be on, and somebody or a ClusterTaintPolicy has to set the taint.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ClusterFailover, MulticloudChart, MulticloudDeployment, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudDeployment(chart, 'web', {
 *   containers: [{ image: 'registry.example/web:1.4.0' }],
 *   placement: Placement.aggregated(),
 *   failover: { cluster: ClusterFailover.directly() },
 * });
 */
export class ClusterFailover {
  /**
   * The old copy is deleted first, and the new one made when it is gone: for what may never run twice.
   *
   * @param options what is carried over
   * @throws if a label key cannot be one, or a path is none
   */
  public static directly(options: ClusterFailoverOptions = {}): ClusterFailover {
    return new ClusterFailover('Directly', options);
  }

  /**
   * The new copy is made at once, and the old one deleted when the new one is healthy or Karmada's time for it is up.
   *
   * @param options what is carried over
   * @throws if a label key cannot be one, or a path is none
   */
  public static gracefully(options: ClusterFailoverOptions = {}): ClusterFailover {
    return new ClusterFailover('Gracefully', options);
  }

  private readonly wire: any;

  private constructor(purgeMode: string, options: ClusterFailoverOptions) {
    const { statePreservation: state } = options;
    const found = stateTroubles(state);
    if (found.length > 0) throw troubles(found);
    this.wire = { purgeMode, ...(state && { statePreservation: statePreservation(state) }) };
  }

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}
