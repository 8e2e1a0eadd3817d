import { Construct } from 'constructs';
import type { IMemberCluster } from '../core/member-cluster';
import { MulticloudChart } from '../core/multicloud-chart';
import { labelTroubles, nameTroubles, placeTroubles } from '../core/private/cluster-names';
import { declareCluster } from '../core/private/declared-clusters';
import { PlainObject } from '../core/private/plain-object';
import { type Trouble, troubles } from '../core/private/trouble';
import type { ClusterTaint } from './cluster-taint';

/** Options of `MemberCluster`. */
export interface MemberClusterProps {
  /**
   * Name of the cluster in Karmada: at most 48 lower case letters, digits and `-`.
   *
   * @default - the construct's id, in lower case
   */
  readonly clusterName?: string;

  /**
   * Who provides it, for `ClusterSelector.location`. It has to be a label value, so without spaces.
   *
   * @default - not said
   */
  readonly provider?: string;

  /**
   * Region, for `ClusterSelector.location`.
   *
   * @default - not said
   */
  readonly region?: string;

  /**
   * Zones that its nodes are in, for `ClusterSelector.location`.
   *
   * @default - not said
   */
  readonly zones?: string[];

  /**
   * Labels, for `ClusterSelector.labels`.
   *
   * @default - the chart's
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints, besides those that Karmada sets itself.
   *
   * @default - none
   */
  readonly taints?: ClusterTaint[];

  /**
   * Whether Karmada refuses to delete it.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/**
 * A cluster that workloads can run on.
 *
 * The code says what the cluster is: name, place, labels, taints. How Karmada reaches it, its endpoint and its credentials, is
 * the business of joining it and never in the code. On a cluster that others joined only what is given here is managed.
 *
 * Once an instance that the code installs has member clusters, synth fails for selectors that name any other.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/cluster/types.go
 * @example
 * import { ClusterSelector, ClusterTaint, MemberCluster, MulticloudChart, Placement } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const berlin = new MemberCluster(chart, 'berlin', {
 *   provider: 'metal',
 *   region: 'eu-1',
 *   labels: { tier: 'edge' },
 *   taints: [ClusterTaint.noSchedule('team', 'shop')],
 * });
 * Placement.duplicated({ clusters: ClusterSelector.members(berlin) });
 */
export class MemberCluster extends Construct implements IMemberCluster {
  /** Its name in Karmada. */
  public readonly clusterName: string;

  constructor(scope: Construct, id: string, props: MemberClusterProps = {}) {
    super(scope, id);
    const { instance } = MulticloudChart._around(this);
    const { provider, region, zones, labels = {}, taints = [] } = props;
    this.clusterName = props.clusterName ?? id.toLowerCase();
    const found: Trouble[] = [
      ...nameTroubles(this.clusterName),
      ...(provider === undefined ? [] : placeTroubles('provider', provider)),
      ...(region === undefined ? [] : placeTroubles('region', region)),
      ...(zones ?? []).flatMap((zone) => placeTroubles('zone', zone)),
      ...Object.entries(labels).flatMap(([key, value]) => labelTroubles(key, [value])),
      ...taintsTwice(taints),
    ];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));

    declareCluster(instance, this.clusterName);
    new PlainObject(this, 'Resource', {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: {
        name: this.clusterName,
        labels: {
          ...labels,
          ...(props.deletionProtection && { 'resourcetemplate.karmada.io/deletion-protected': 'Always' }),
        },
      },
      spec: {
        // on an instance that already runs, whoever joined the cluster has said how
        ...(!instance._existing && { syncMode: 'Push' }),
        provider,
        region,
        ...(zones?.length && { zones }),
        ...(taints.length > 0 && { taints: taints.map((taint) => taint._toKarmada()) }),
      },
    });
  }
}

/** Mirrors pkg/util/lifted/validateclustertaints.go at v1.18.2: one taint for each key and effect. */
function taintsTwice(taints: readonly ClusterTaint[]): Trouble[] {
  const identities = taints.map(({ _identity }) => _identity);
  return [...new Set(identities.filter((identity, index) => identities.indexOf(identity) !== index))].map(
    (identity) => ({
      what: `two taints have one key and effect, "${identity}"`,
      fix: 'give one of them; a cluster holds one value for each key and effect',
    }),
  );
}
