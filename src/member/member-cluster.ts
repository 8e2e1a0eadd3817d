import { Construct } from 'constructs';
import type { IMemberCluster } from '../core/member-cluster';
import { MulticloudChart } from '../core/multicloud-chart';
import { labelTroubles, nameTroubles, placeTroubles } from '../core/private/cluster-names';
import { declareCluster } from '../core/private/declared-clusters';
import { JOINED } from '../core/private/keys';
import { PlainObject } from '../core/private/plain-object';
import { type Trouble, troubles } from '../core/private/trouble';
import { ClusterTaint } from './cluster-taint';
import { taintsTwice } from './private/taints-twice';
import type { ResourceModels } from './resource-models';

/** How objects get from Karmada to a member cluster. */
export enum SyncMode {
  /** Karmada writes to the member's API server, which it has to reach. */
  PUSH = 'Push',
  /** An agent in the member fetches from Karmada: for members that Karmada cannot reach. */
  PULL = 'Pull',
}

/** Options of `MemberCluster`. */
export interface MemberClusterProps {
  /**
   * Name of the cluster in Karmada: at most 48 lower case letters, digits and `-`.
   *
   * @default - the construct's id, in lower case
   */
  readonly clusterName?: string;

  /**
   * How objects get there. Joining decides it, so say what `karmadactl join` (push) or `karmadactl register` (pull) did.
   *
   * @default SyncMode.PUSH; on an instance that already runs it is left as it is
   */
  readonly syncMode?: SyncMode;

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
   * Taints, besides those that Karmada and others set. The command takes away only what an earlier apply of the code put there.
   *
   * @default - none
   */
  readonly taints?: ClusterTaint[];

  /**
   * Whether nothing new is scheduled there, while what runs there stays: the taint of `karmadactl cordon`. Leaving it out again,
   * or `false`, takes away the taint that the code put there, and not the one of somebody who cordoned by hand.
   *
   * @default false
   */
  readonly schedulingPaused?: boolean;

  /**
   * How its nodes are sorted by size when Karmada estimates what still fits.
   *
   * @default - the nine grades of `ResourceModels.karmadaGrades`, which Karmada sets when the cluster joins
   */
  readonly resourceModels?: ResourceModels;

  /**
   * Whether it carries the label that protects from deletion. Karmada's server asks no webhook about clusters, so only
   * who reads the label heeds it.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
}

/** Taints that Karmada sets and takes away by itself, from the cluster's Ready condition (pkg/controllers/cluster, v1.18.2). */
const KARMADAS_OWN = ['cluster.karmada.io/not-ready:NoSchedule', 'cluster.karmada.io/unreachable:NoSchedule'];

/** What `karmadactl cordon` puts on a cluster (pkg/karmadactl/cordon, v1.18.2). */
const UNSCHEDULABLE = 'cluster.karmada.io/unschedulable';

/**
 * A cluster that workloads can run on.
 *
 * The code says what the cluster is: name, place, labels, taints. How Karmada reaches it, its endpoint, a proxy and the credentials,
 * is the business of joining it and never in the code: `cdk8s-karmada member join`, before or after the first apply. `karmadactl
 * join` refuses a name that is already there: with that, let the cluster join first.
 *
 * On a cluster that others joined only what is given here is managed: what is not given stays as it is, and a value that
 * somebody else set to something else is a conflict, never overwritten. The command merges taints by key and effect: those of
 * others, and Karmada's own, stay. To kubectl and GitOps tools taints are one list with one owner, so leave them to the command.
 * On an instance that already runs the output is a part of the object and works on a joined cluster only, unless `syncMode` is
 * given.
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
    const { provider, region, zones, labels = {}, schedulingPaused = false } = props;
    const taints = [...(props.taints ?? []), ...(schedulingPaused ? [ClusterTaint.noSchedule(UNSCHEDULABLE)] : [])];
    // on an instance that already runs, whoever joined the cluster has said how
    const syncMode = props.syncMode ?? (instance._existing ? undefined : SyncMode.PUSH);
    this.clusterName = props.clusterName ?? id.toLowerCase();
    const found: Trouble[] = [
      ...nameTroubles(this.clusterName),
      ...(provider === undefined ? [] : placeTroubles('provider', provider)),
      ...(region === undefined ? [] : placeTroubles('region', region)),
      ...(zones ?? []).flatMap((zone) => placeTroubles('zone', zone)),
      ...Object.entries(labels).flatMap(([key, value]) => labelTroubles(key, [value])),
      ...karmadasOwn(taints),
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
        ...(syncMode === undefined && { annotations: { [JOINED]: 'true' } }),
      },
      spec: {
        syncMode,
        provider,
        region,
        ...(zones?.length && { zones }),
        ...(taints.length > 0 && { taints: taints.map((taint) => taint._toKarmada()) }),
        ...(props.resourceModels && { resourceModels: props.resourceModels._toKarmada() }),
      },
    });
  }
}

/** What the code would write, Karmada would take away, for ever. */
function karmadasOwn(taints: readonly ClusterTaint[]): Trouble[] {
  return taints
    .filter(({ _identity }) => KARMADAS_OWN.includes(_identity))
    .map(({ _identity }) => ({
      what: `Karmada sets and removes the taint "${_identity}" by itself`,
      fix: 'use a key of your own, or `schedulingPaused` to keep new workloads away',
    }));
}
