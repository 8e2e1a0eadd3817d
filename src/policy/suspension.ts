import { nameTroubles } from '../core/private/cluster-names';
import { troubles } from '../core/private/trouble';

/**
 * Where nothing is sent for now: Karmada still chooses clusters, and leaves what is on them as it is.
 *
 * It is about sending alone: pods that run keep running, and what Karmada sends because a workload refers to it is not
 * suspended with it.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { MulticloudChart, MulticloudDeployment, Suspension } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * new MulticloudDeployment(chart, 'web', {
 *   containers: [{ image: 'registry.example/web:1.4.0' }],
 *   suspension: Suspension.on('berlin'),
 * });
 */
export class Suspension {
  /** Nothing is sent to any cluster. */
  public static everywhere(): Suspension {
    return new Suspension({ dispatching: true }, []);
  }

  /**
   * Nothing is sent to these clusters. Synth fails for a name that no member cluster of the instance has, where the code
   * declares them.
   *
   * @param clusterNames at least one
   * @throws if there are no names, or one that no cluster can have
   */
  public static on(...clusterNames: string[]): Suspension {
    if (clusterNames.length === 0) {
      throw troubles([
        {
          what: 'Suspension.on is given no clusters, so it would suspend nothing',
          fix: 'name one cluster or more, or use Suspension.everywhere()',
        },
      ]);
    }
    const found = clusterNames.flatMap(nameTroubles);
    if (found.length > 0) throw troubles(found);
    const names = [...new Set(clusterNames)];
    return new Suspension({ dispatchingOnClusters: { clusterNames: names } }, names);
  }

  private constructor(
    private readonly wire: any,
    /**
     * The clusters that it spells out.
     *
     * @internal
     */
    public readonly _mentioned: readonly string[],
  ) {}

  /** @internal */
  public _toKarmada(): any {
    return this.wire;
  }
}
