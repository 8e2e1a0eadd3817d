import type { ObjectKey } from '../core/object-key';
import { troubles } from '../core/private/trouble';
import type { ClusterVerdict } from './cluster-verdict';
import type { FailoverTimeline } from './failover-timeline';
import type { PreviewProps } from './preview-props';
import { capacity, NONE, type Shortage, shortages } from './private/capacity';
import type { ClusterFacts } from './private/cluster';
import { collisions, policyRef } from './private/collisions';
import type { Decision } from './private/decide';
import type { Decided } from './private/decided';
import { heldBinding, rebalancing } from './private/held-binding';
import { rendered } from './private/report';
import { policiesOf } from './private/scene';
import { type Study, studied } from './private/study';
import { timelines } from './private/timelines';
import { ResourceNames } from './private/uids';
import { rulesOf } from './private/verified/preview-rules';
import { whyNot } from './private/why-not';

/**
 * What Karmada will do with your manifests, without asking it: which policy takes each resource, which clusters get it with
 * how many replicas, and what exactly they receive.
 *
 * What it does not know it reports as unsupported; it never guesses.
 *
 * @see https://github.com/karmada-io/karmada/tree/v1.18.2/pkg/scheduler
 * @example
 * import { Testing } from 'cdk8s';
 * import { Fleet, MulticloudChart, Preview } from 'cdk8s-karmada';
 *
 * declare const shop: MulticloudChart;
 * declare const clusters: any[]; // what `kubectl get clusters -o yaml` prints, parsed
 *
 * const preview = Preview.of({ manifests: Testing.synth(shop), fleet: Fleet.fromManifests(clusters) });
 * const whoAndWhy = preview.verdicts('Deployment.apps/default/web');
 */
export class Preview {
  /**
   * Previews these manifests on this fleet.
   *
   * @throws for everything that is wrong with the input at once: objects that are none, or are there twice, or that Karmada
   * would refuse; assumptions, UIDs and instances that fit nothing
   */
  public static of(props: PreviewProps): Preview {
    return new Preview(props);
  }

  private readonly study: Study;
  /** The resources by name, with their positions: who wants the report asks for none. */
  private named?: { readonly names: ResourceNames; readonly positions: ReadonlyMap<ObjectKey, number> };

  private constructor(private readonly props: PreviewProps) {
    this.study = studied(props);
  }

  /**
   * The preview as data, in the format of `cdk8s-karmada preview -o json`: `schema`, `resources` (one for each resource, in
   * the order of the manifests), `unsupported` and `findings`; where there is something to say `collisions` (who would take
   * over), `idle` (policies that match nothing) and `capacity` (what is asked of each cluster that tells its capacity).
   */
  public toJson(): any {
    return {
      schema: '1',
      resources: this.study.reports.map((each) => each.entry),
      unsupported: [
        ...this.study.reports.flatMap(({ entry, unsupported }) =>
          unsupported.map((what) => ({ resource: entry.resource, what })),
        ),
        ...this.study.beyond,
      ],
      findings: this.study.findings,
      ...said({
        collisions: collisions(this.study.decisions, this.study.world.claims),
        idle: this.study.idle.map(policyRef),
        capacity: capacity(
          this.study.decisions,
          this.study.world.clusters,
          this.study.world.bindings.size > 0 ? this.running : NONE,
        ),
      }),
    };
  }

  /**
   * Why each cluster of the fleet gets a resource or does not, sorted by cluster. This is not part of the JSON format.
   *
   * @param resource `Kind[.group]/namespace/name`, or `Kind[.group]/name` where it is cluster-scoped
   * @throws if that is not exactly one resource of the manifests
   */
  public verdicts(resource: string): ClusterVerdict[] {
    const index = this.indexOf(resource, 'verdicts');
    const { entry } = this.study.reports[index];
    const reasons = this.study.decisions[index];
    const placed = new Set<string>(
      entry.outcomes.flatMap((outcome: any) =>
        [...outcome.clusters, ...outcome.requiredBy.flatMap((each: any) => each.clusters)].map(
          (each: any) => each.name,
        ),
      ),
    );
    return [...this.study.world.clusters]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, deleting }) =>
        placed.has(name)
          ? { cluster: name, placed: true }
          : { cluster: name, placed: false, reason: deleting ? 'the cluster is being deleted' : whyNot(name, reasons) },
      );
  }

  /**
   * The same preview on a fleet that has lost some clusters: where would everything go, and what fits no more? Where things run
   * already is taken from the bindings that were given, so that only what has to move does.
   *
   * @param clusters names of clusters of the fleet
   * @throws if the fleet has no such cluster
   */
  public without(...clusters: string[]): Preview {
    return new Preview({ ...this.props, fleet: this.props.fleet.without(...clusters) });
  }

  /**
   * Karmada's rules that took part.
   *
   * @internal
   */
  public get _rules(): string[] {
    return [...new Set(this.study.facts.flatMap((facts) => rulesOf(facts).map(({ rule }) => rule)))];
  }

  /**
   * What happens at worst when a cluster that a resource runs on is lost: one time line for each of its clusters, sorted by
   * cluster, from the flags of the control plane, the policies that taint clusters, and the tolerations of its placement.
   *
   * @param resource `Kind[.group]/namespace/name`, or `Kind[.group]/name` where it is cluster-scoped
   * @throws if that is not exactly one resource that a policy places, or a flag is none
   * @see https://github.com/karmada-io/karmada/tree/v1.18.2/pkg/controllers/cluster
   */
  public failover(resource: string): FailoverTimeline[] {
    return timelines(this.study.decisions[this.indexOf(resource, 'failover')], {
      ...{
        decisions: this.study.decisions,
        world: this.study.world,
        flags: this.study.flags,
        taintPolicies: policiesOf(this.study.known, 'ClusterTaintPolicy'),
      },
    });
  }

  /** @internal */
  public get _names(): string[] {
    return this.study.decisions.filter(({ policy }) => policy).map(({ text }) => text);
  }

  /** @internal */
  public get _clusterNames(): string[] {
    return this.study.world.clusters.map(({ name }) => name).sort();
  }

  /** @internal */
  public get _fleet(): readonly ClusterFacts[] {
    return this.study.world.clusters;
  }

  /**
   * The template of a resource as Karmada stores it.
   *
   * @internal
   */
  public _template(resource: string): any {
    return this.study.decisions[this.indexOf(resource, 'resource')].template;
  }

  /** @internal */
  public _entry(resource: string): any {
    return this.study.reports[this.indexOf(resource, 'resource')].entry;
  }

  /**
   * Replicas by cluster, for each possible outcome; a dependency has 0 where its parents go.
   *
   * @internal
   */
  public _placements(resource: string): ReadonlyMap<string, number>[] {
    const { entry, unsupported } = this.study.reports[this.indexOf(resource, 'resource')];
    if (unsupported.length > 0) {
      const what = `where ${resource} goes is not known: ${unsupported.join(', ')}`;
      throw troubles([{ what, fix: 'leave the resource out of the assertion, or the rule out of the policy' }]);
    }
    const outcomes: any[] = entry.outcomes.length > 0 ? entry.outcomes : [{ clusters: [], requiredBy: [] }];
    return outcomes.map(
      ({ clusters, requiredBy }) =>
        new Map<string, number>(
          [...requiredBy.flatMap((each: any) => each.clusters.map(({ name }: any) => ({ name }))), ...clusters].map(
            ({ name, replicas = 0 }: any) => [name, replicas],
          ),
        ),
    );
  }

  /**
   * What a comparison with another preview needs.
   *
   * @internal
   */
  public _decided(): Decided {
    const held = (outcome: number) =>
      this.study.decisions
        .map((decision) => heldBinding(decision, outcome, this.study.world.bindings.get(decision.text)))
        .filter((binding) => binding !== undefined);
    return {
      decisions: this.study.decisions,
      clusters: this._clusterNames,
      entries: this.study.reports.map(({ entry }) => entry),
      unsupported: this.study.reports.map((each) => each.unsupported),
      objects: this.study.objects,
      overriding: (decision) => this.study.renderer.overrides.selecting(decision.template),
      rendered: (decision, outcome, clusters) => rendered(decision, outcome, clusters, this.study.renderer),
      bindings: held,
      rebalancing: () => held(0).map(rebalancing),
    };
  }

  /** @internal */
  public _shortages(): Shortage[] {
    const fresh = this.study.decisions.filter(({ text }) => !this.study.world.bindings.has(text));
    return shortages(fresh, this.study.world.clusters);
  }

  private readonly running = ({ text, need }: Decision, cluster: string): number => {
    const clusters: any[] = this.study.world.bindings.get(text)?.spec?.clusters ?? [];
    const there = clusters.find(({ name }) => name === cluster);
    return there && need.components ? 1 : (there?.replicas ?? 0);
  };

  private indexOf(resource: string, at: string): number {
    if (!this.named) {
      const keys = this.study.decisions.map(({ key }) => key);
      this.named = { names: new ResourceNames(keys), positions: new Map(keys.map((key, index) => [key, index])) };
    }
    const { names, positions } = this.named;
    return positions.get(names.find(resource, at)) as number;
  }
}

/** Lists with something in them. */
function said(lists: { readonly [name: string]: readonly any[] }): { readonly [name: string]: readonly any[] } {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
