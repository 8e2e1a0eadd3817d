import { AS_OF } from '../core/private/keys';
import { troubles } from '../core/private/trouble';
import { type ClusterFacts, clusterFacts } from './private/cluster';
import { flatten, strangers } from './private/input';
import { released } from './private/released';
import { capacityTroubles } from './private/template-troubles';

/**
 * Your member clusters as data: what `kubectl get clusters -o yaml` prints on Karmada. It holds no credentials, so it can
 * lie next to the code.
 *
 * @example
 * import { Fleet } from 'cdk8s-karmada';
 *
 * const fleet = Fleet.fromManifests([
 *   {
 *     apiVersion: 'cluster.karmada.io/v1alpha1',
 *     kind: 'Cluster',
 *     metadata: { name: 'member1' },
 *     spec: { syncMode: 'Push', region: 'eu' },
 *     status: { apiEnablements: [{ groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] }] },
 *   },
 * ]);
 */
export class Fleet {
  /**
   * Reads a fleet from Cluster objects or a `List` of them.
   *
   * @throws if something in it is no Cluster, or a name is there twice
   */
  static fromManifests(objects: any[]): Fleet {
    const clusters = flatten(objects);
    const wrong = strangers(clusters, 'the fleet');
    if (wrong.length > 0) throw troubles(wrong);
    const seen = new Set<string>();
    clusters.forEach((cluster, index) => {
      const at = `object ${index + 1} of the fleet`;
      const name = `${cluster.kind}/${cluster.metadata.name}`;
      if (!isCluster(cluster)) {
        const fix = 'give what `kubectl get clusters -o yaml` prints on Karmada';
        wrong.push({
          what: `a fleet holds Clusters of cluster.karmada.io only, got ${cluster.apiVersion} ${name}`,
          at,
          fix,
        });
      } else if (seen.has(name)) {
        wrong.push({ what: `${name} is there more than once`, at, fix: 'give each cluster once' });
      }
      seen.add(name);
      wrong.push(...capacityTroubles(cluster));
    });
    if (wrong.length > 0) throw troubles(wrong);
    return new Fleet(clusters);
  }

  private constructor(private readonly manifests: readonly any[]) {}

  /** Names of its clusters, sorted. */
  public get clusterNames(): string[] {
    return this.manifests.map((cluster) => cluster.metadata.name).sort();
  }

  /**
   * When it was read from Karmada, in RFC 3339, as `cdk8s-karmada fleet pull` records it; of several times the oldest. Undefined
   * where the manifests do not say, as those that kubectl prints.
   */
  public get asOf(): string | undefined {
    const times = this.manifests.flatMap(({ metadata }) => metadata.annotations?.[AS_OF] ?? []);
    return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  }

  /**
   * The fleet without some of its clusters: what is left when they are lost.
   *
   * @param clusterNames names of clusters of the fleet
   * @throws if the fleet has no such cluster
   */
  public without(...clusterNames: string[]): Fleet {
    const known = this.clusterNames;
    const strangers = clusterNames.filter((name) => !known.includes(name));
    if (strangers.length > 0) {
      throw troubles(
        strangers.map((name) => ({
          what: `the fleet has no cluster "${name}"`,
          fix: `name one or more of ${known.join(', ')}`,
        })),
      );
    }
    // as `karmadactl unjoin` leaves it: what runs there has to go elsewhere
    const leaving = (cluster: any) => ({
      ...cluster,
      metadata: { ...cluster.metadata, deletionTimestamp: '1970-01-01T00:00:00Z' },
    });
    const { manifests } = this;
    return new Fleet(manifests.map((each) => (clusterNames.includes(each.metadata.name) ? leaving(each) : each)));
  }

  /**
   * The fleet without what code took back: these Cluster objects are what it said before, and what it says now.
   *
   * @internal
   */
  public _released(before: readonly any[], after: readonly any[]): Fleet {
    const byName = (clusters: readonly any[]) => new Map(clusters.map((each) => [each.metadata.name, each]));
    const [was, is] = [byName(before), byName(after)];
    return new Fleet(
      this.manifests.map((each) => released(each, was.get(each.metadata.name), is.get(each.metadata.name))),
    );
  }

  /**
   * The fleet once these Cluster objects are applied: labels merged, provider, region and zones replaced where they are
   * named, taints merged by key and effect. A cluster that the fleet does not have joins it; what it serves is not known.
   *
   * @internal
   */
  public _facts(applied: readonly any[]): ClusterFacts[] {
    const changes = new Map(applied.map((cluster) => [cluster.metadata.name, cluster]));
    const known = new Set(this.clusterNames);
    return [
      ...this.manifests.map((cluster) => clusterFacts(overlaid(cluster, changes.get(cluster.metadata.name)), true)),
      ...applied.filter((cluster) => !known.has(cluster.metadata.name)).map((cluster) => clusterFacts(cluster, false)),
    ];
  }
}

/** Whether an object is a Cluster of Karmada. */
export function isCluster(object: any): boolean {
  return object.kind === 'Cluster' && object.apiVersion.startsWith('cluster.karmada.io/');
}

function overlaid(cluster: any, change: any): any {
  if (!change) return cluster;
  const spec = { ...cluster.spec };
  for (const field of ['provider', 'region', 'zone', 'zones', 'resourceModels']) {
    if (change.spec?.[field] !== undefined) spec[field] = change.spec[field];
  }
  if (change.spec?.zone !== undefined && change.spec.zones === undefined) spec.zones = [change.spec.zone];
  const taints = new Map<string, any>();
  for (const taint of [...(cluster.spec?.taints ?? []), ...(change.spec?.taints ?? [])]) {
    taints.set(`${taint.key}:${taint.effect}`, taint);
  }
  spec.taints = [...taints.values()];
  const labels = { ...cluster.metadata.labels, ...change.metadata.labels };
  return { ...cluster, metadata: { ...cluster.metadata, labels }, spec };
}
