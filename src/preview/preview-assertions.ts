import { type Trouble, troubles } from '../core/private/trouble';
import type { Preview } from './preview';
import { imagesOf } from './private/images';
import { placementTable } from './private/placement-table';
import { quantityText } from './private/quantity';

/**
 * What has to be true of a preview, for tests of your own. Each method throws when it is not, and shows the placement that it is
 * about. What holds only in one of two possible outcomes does not hold.
 *
 * Resources are named `Kind[.group]/namespace/name`, or `Kind[.group]/name` where they are cluster-scoped.
 *
 * @example
 * import { Preview, PreviewAssertions } from 'cdk8s-karmada';
 *
 * declare const preview: Preview;
 *
 * const placement = PreviewAssertions.of(preview);
 * placement.runsOn('Deployment/shop/web', 'berlin', 'paris');
 * placement.imageOn('Deployment/shop/web', 'paris', 'mirror.paris.example/shop/web:1.4.0');
 * placement.survivesLossOf('berlin');
 */
export class PreviewAssertions {
  /**
   * Assertions about this preview.
   *
   * @param preview the preview, with manifests rendered where images are asked for
   */
  public static of(preview: Preview): PreviewAssertions {
    return new PreviewAssertions(preview);
  }

  private readonly preview: Preview;

  private constructor(preview: Preview) {
    this.preview = preview;
  }

  /**
   * The resource goes to each of these clusters.
   *
   * @param resource the resource
   * @param clusters at least one
   * @throws if it does not
   */
  public runsOn(resource: string, ...clusters: string[]): void {
    this.known(resource, clusters, 'runsOn');
    const missing = clusters.filter((cluster) => !this.outcomes(resource).every((outcome) => outcome.has(cluster)));
    this.refuse(resource, missing.length > 0 && `does not run on ${missing.join(', ')}`);
  }

  /**
   * The resource goes to none of these clusters.
   *
   * @param resource the resource
   * @param clusters at least one
   * @throws if it does
   */
  public neverRunsOn(resource: string, ...clusters: string[]): void {
    this.known(resource, clusters, 'neverRunsOn');
    const there = clusters.filter((cluster) => this.outcomes(resource).some((outcome) => outcome.has(cluster)));
    this.refuse(resource, there.length > 0 && `runs on ${there.join(', ')}`);
  }

  /**
   * The resource has this many replicas in all clusters together.
   *
   * @param resource the resource
   * @param replicas how many
   * @throws if it has more or fewer
   */
  public totalReplicas(resource: string, replicas: number): void {
    const totals = this.outcomes(resource).map((outcome) => [...outcome.values()].reduce((sum, each) => sum + each, 0));
    const other = totals.filter((total) => total !== replicas);
    this.refuse(resource, other.length > 0 && `has ${[...new Set(other)].join(' or ')} replicas, not ${replicas}`);
  }

  /**
   * Some container of the resource has this image on a cluster, after overrides.
   *
   * @param resource the resource
   * @param cluster the cluster
   * @param image the image, whole
   * @throws if none has
   */
  public imageOn(resource: string, cluster: string, image: string): void {
    this.known(resource, [cluster], 'imageOn');
    const wrong = this.preview._entry(resource).outcomes.flatMap((outcome: any) => {
      const images = (outcome.rendered[cluster] ?? []).flatMap(imagesOf);
      return images.includes(image) ? [] : [images.length > 0 ? `has image ${images.join(', ')}` : 'has no image'];
    });
    this.refuse(resource, wrong.length > 0 && `${[...new Set(wrong)].join(' or ')} on ${cluster}, not ${image}`);
  }

  /**
   * Were the cluster gone, everything that Karmada can place now would still be placed: divided replicas all of them, on other
   * clusters; what is duplicated on at least one of the others. It is taken out of the fleet for that, whatever the policies'
   * settings for failover are.
   *
   * @param cluster the cluster
   * @throws if something would run nowhere any more
   */
  public survivesLossOf(cluster: string): void {
    const without = this.preview.without(cluster);
    const lost = this.preview._names.filter((resource) => {
      const isPlaced = (preview: Preview) => preview._placements(resource).every((outcome) => outcome.size > 0);
      return isPlaced(this.preview) && !isPlaced(without);
    });
    if (lost.length === 0) return;
    throw troubles(
      lost.map((resource) => trouble(`${resource} does not survive the loss of ${cluster}`, without, resource)),
    );
  }

  /**
   * What is placed fits into what the clusters have left: for each, requests times replicas, against what its status says is
   * free. What runs already, by the bindings that were given, is not counted again.
   *
   * @param clusters the clusters that are looked at; all of the fleet when none is given
   * @throws if it does not fit
   */
  public fitsIn(...clusters: string[]): void {
    const short = this.preview
      ._shortages()
      .filter(({ cluster }) => clusters.length === 0 || clusters.includes(cluster));
    if (short.length === 0) return;
    throw troubles(
      short.map(({ cluster, resource, asked, free }) => ({
        what: `${quantityText(asked)} of ${resource} is asked for on ${cluster}, and ${quantityText(free)} is free`,
        fix: 'ask for less, spread it over more clusters, or give the cluster more nodes',
      })),
    );
  }

  private outcomes(resource: string): readonly ReadonlyMap<string, number>[] {
    return this.preview._placements(resource);
  }

  private known(resource: string, clusters: readonly string[], method: string): void {
    const fleet = this.preview._clusterNames;
    const strangers = clusters.filter((cluster) => !fleet.includes(cluster));
    if (clusters.length > 0 && strangers.length === 0) return;
    const what =
      clusters.length > 0 ? `the fleet has no cluster ${strangers.join(', ')}` : `${method} is given no cluster`;
    throw troubles([{ what, at: `${method}("${resource}")`, fix: `give one or more of ${fleet.join(', ')}` }]);
  }

  private refuse(resource: string, what: string | false): void {
    if (what) throw troubles([trouble(`${resource} ${what}`, this.preview, resource)]);
  }
}

/** What is wrong, with the placement under it. */
function trouble(what: string, preview: Preview, resource: string): Trouble {
  const outcomes = preview._placements(resource);
  const entry = preview._entry(resource);
  const rows = preview
    .verdicts(resource)
    .map(({ cluster, reason }) => [
      cluster,
      [...new Set(outcomes.map((outcome) => outcome.get(cluster) ?? '-'))].join(' or ') || '-',
      reason ??
        [...new Set(entry.outcomes.flatMap((each: any) => (each.rendered[cluster] ?? []).flatMap(imagesOf)))].join(
          ', ',
        ),
    ]);
  return { what: `${what}\n${placementTable(rows)}` };
}
