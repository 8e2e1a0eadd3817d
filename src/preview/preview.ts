import { Admission } from '../admission/admission';
import { assumptionsOf } from '../admission/command-lines';
import type { Finding } from '../core/finding';
import { keyOf, keyText, type ObjectKey } from '../core/object-key';
import { PART_OF } from '../core/private/keys';
import { troubles } from '../core/private/trouble';
import type { FailoverTimeline } from './failover-timeline';
import { type Fleet, isCluster } from './fleet';
import { surroundings } from './private/assume';
import { capacity, NONE, type Shortage, shortages } from './private/capacity';
import { beyondPreview, Claims, steersKarmada } from './private/claim';
import type { ClusterFacts } from './private/cluster';
import { collisions, policyRef } from './private/collisions';
import { type Decision, decide, type World } from './private/decide';
import type { Decided } from './private/decided';
import { type FailoverFlags, failoverFlags } from './private/failover-flags';
import { heldBinding, rebalancing } from './private/held-binding';
import { flatten, readInput } from './private/input';
import { bindingsByResource, customizedKinds, missing } from './private/known-objects';
import { Overrides } from './private/overrides';
import { exceededQuotas } from './private/quotas';
import {
  emptyFleet,
  failedOverride,
  idlePolicies,
  joiningClusters,
  oldFleet,
  remarks,
  unknownClusters,
  unverifiedRules,
} from './private/remarks';
import { type Renderer, type Reported, rendered, report } from './private/report';
import { heldForm, storedForm } from './private/stored-form';
import { templateTroubles } from './private/template-troubles';
import { timelines } from './private/timelines';
import { ResourceNames, readUids, resourceText } from './private/uids';
import type { RuleFacts } from './private/verified/preview-rule';
import { rulesOf, unverified } from './private/verified/preview-rules';
import { whyNot } from './private/why-not';

/** Which manifests a preview shows as the member clusters would receive them. */
export enum PreviewRender {
  /** None: only where things go. */
  NONE = 'none',
  /** Where a cluster receives something else than the template says, Karmada's own labels and annotations aside. A share of the replicas is such a change. */
  CHANGED = 'changed',
  /** All of them. */
  ALL = 'all',
}

/** What to preview. */
export interface PreviewProps {
  /** Your manifests, as `cdk8s synth` writes them or by hand: resources, policies, overrides, and Clusters that change the fleet. `List`s are taken apart. */
  readonly manifests: any[];

  /** The member clusters. */
  readonly fleet: Fleet;

  /**
   * Policies and overrides that other people keep on the same Karmada. They take part, and get no entry of their own.
   *
   * @default - nobody else has any
   */
  readonly existing?: any[];

  /**
   * ResourceBindings and ClusterResourceBindings that Karmada holds already: where things are now.
   *
   * @default - nothing is anywhere yet
   */
  readonly bindings?: any[];

  /**
   * UIDs of resources, by `Kind[.group]/namespace/name` (`Kind[.group]/name` where cluster-scoped). Karmada breaks ties by
   * them; without one a tie has two outcomes.
   *
   * @default - UIDs in the manifests and in the bindings
   */
  readonly uids?: { [key: string]: string };

  /**
   * What differs from Karmada's defaults in the control plane: `[<component>.]<flag>=<value>`.
   *
   * @default - what the instance in the manifests says, else the defaults of Karmada
   */
  readonly assume?: string[];

  /**
   * The instance to preview, where the manifests hold several.
   *
   * @default - the only one
   */
  readonly instance?: string;

  /**
   * The time now, in RFC 3339: a fleet that was read more than a day before is a finding.
   *
   * @default - how old the fleet is does not matter
   */
  readonly now?: string;

  /**
   * Which manifests to render.
   *
   * @default PreviewRender.ALL
   */
  readonly render?: PreviewRender;
}

/** Why a cluster gets nothing of a resource. */
export interface ClusterVerdict {
  /** The cluster. */
  readonly cluster: string;
  /** Whether it gets the resource, in at least one outcome. */
  readonly placed: boolean;
  /**
   * Why it gets nothing, in Karmada's words where Karmada has some.
   *
   * @default - it gets the resource
   */
  readonly reason?: string;
}

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

  private readonly decisions: readonly Decision[];
  private readonly clusters: readonly ClusterFacts[];
  private readonly reports: readonly Reported[];
  private readonly facts: readonly RuleFacts[];
  private readonly findings: readonly Finding[];
  private readonly beyond: readonly any[];
  private readonly names: ResourceNames;
  private readonly positions: ReadonlyMap<ObjectKey, number>;
  private readonly bindings: ReadonlyMap<string, any>;
  private readonly claims: Claims;
  private readonly world: World;
  private readonly flags: () => FailoverFlags;
  private readonly taintPolicies: readonly any[];
  private readonly idle: readonly any[];
  private readonly renderer: Renderer;
  private readonly objects: readonly any[];
  private readonly props: PreviewProps;

  private constructor(props: PreviewProps) {
    this.props = props;
    const { objects: given, host, version, sets } = readInput(props.manifests, props.instance);
    const assume = [...assumptionsOf(host, version), ...(props.assume ?? [])];
    const state = surroundings(assume, version);
    const admission = Admission.of({ version, assume });
    const objects = storedForm(given, admission);
    // what came from this code, and is in it no more, goes when it is applied
    const isOthers = ({ metadata }: any) => !sets.has(metadata?.labels?.[PART_OF]);
    const others = heldForm(flatten(props.existing ?? []).filter(isOthers), admission);
    const templates = objects.filter((object) => !steersKarmada(object));
    const wrong = templates.flatMap(templateTroubles);
    if (wrong.length > 0) throw troubles(wrong);
    const own = new Set(objects.map((object) => resourceText(keyOf(object))));
    const known = [...objects, ...others.filter((object) => !own.has(resourceText(keyOf(object))))];
    const ofKind = (from: readonly any[], kind: string) =>
      from.filter((object) => object.kind.endsWith(kind) && object.apiVersion.startsWith('policy.karmada.io/'));
    const overridePolicies = ofKind(known, 'OverridePolicy');
    const propagationPolicies = ofKind(known, 'PropagationPolicy');
    const overrides = new Overrides(overridePolicies);
    this.clusters = props.fleet._facts(objects.filter(isCluster));
    this.bindings = bindingsByResource(props.bindings ?? []);
    this.objects = objects;
    this.claims = new Claims(propagationPolicies, state);
    this.flags = () => failoverFlags(assume, version);
    this.taintPolicies = ofKind(known, 'ClusterTaintPolicy');
    this.world = {
      claims: this.claims,
      clusters: this.clusters,
      surroundings: state,
      bindings: this.bindings,
      uids: readUids(props.uids ?? {}, templates.map(keyOf)),
      customized: customizedKinds(known),
      overrideNames: new Set(overridePolicies.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)),
    };
    this.decisions = decide(templates, this.world);
    this.facts = this.decisions.map((decision) => ({
      decision,
      existing: this.bindings.get(resourceText(decision.key)),
      candidates: this.claims.candidates(decision.template),
      overrides: overrides.selecting(decision.template),
      clusters: this.clusters,
      surroundings: state,
    }));
    this.names = new ResourceNames(this.decisions.map((decision) => decision.key));
    this.positions = new Map(this.decisions.map(({ key }, index) => [key, index]));
    this.beyond = objects.flatMap((object) => {
      const what = beyondPreview(object);
      return what ? [{ resource: keyOf(object), what }] : [];
    });
    const failures: Finding[] = [];
    this.renderer = {
      clusters: new Map(this.clusters.map((cluster) => [cluster.name, cluster])),
      overrides,
      rendering: props.render ?? PreviewRender.ALL,
      asOf: props.fleet.asOf,
      failed: (key, cluster, why) => failures.push(failedOverride(keyText(key), cluster, why)),
    };
    this.reports = this.decisions.map((decision) => report(decision, this.renderer));
    const used = new Set(this.decisions.map(({ selectedBy }) => selectedBy && keyText(keyOf(selectedBy))));
    const overriding = new Set(templates.flatMap((template) => overrides.selecting(template)));
    const propagating = ofKind(objects, 'PropagationPolicy').filter((policy) => !used.has(keyText(keyOf(policy))));
    const overridden = ofKind(objects, 'OverridePolicy').filter((policy) => !overriding.has(policy));
    this.idle = [...propagating, ...overridden];
    this.findings = [
      ...emptyFleet(this.clusters),
      ...oldFleet(props.fleet.asOf, props.now),
      ...joiningClusters(this.clusters),
      ...unknownClusters(
        [...ofKind(objects, 'PropagationPolicy'), ...ofKind(objects, 'OverridePolicy')],
        this.clusters,
      ),
      ...idlePolicies(this.idle),
      ...this.decisions.flatMap((decision) => remarks(decision, missing(decision, own), state.schedulerName)),
      ...this.facts.flatMap((facts) => unverifiedRules(facts, unverified(facts))),
      ...(state.enforcesQuotas
        ? exceededQuotas(ofKind(known, 'FederatedResourceQuota'), this.decisions, this.bindings)
        : []),
      ...failures,
    ];
  }

  /**
   * The preview as data, in the format of `cdk8s-karmada preview -o json`: `schema`, `resources` (one for each resource, in
   * the order of the manifests), `unsupported` and `findings`; where there is something to say `collisions` (who would take
   * over), `idle` (policies that match nothing) and `capacity` (what is asked of each cluster that tells its capacity).
   */
  public toJson(): any {
    return {
      schema: '1',
      resources: this.reports.map((each) => each.entry),
      unsupported: [
        ...this.reports.flatMap(({ entry, unsupported }) =>
          unsupported.map((what) => ({ resource: entry.resource, what })),
        ),
        ...this.beyond,
      ],
      findings: this.findings,
      ...said({
        collisions: collisions(this.decisions, this.claims),
        idle: this.idle.map(policyRef),
        capacity: capacity(this.decisions, this.clusters, this.bindings.size > 0 ? this.running : NONE),
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
    const { entry } = this.reports[index];
    const reasons = this.decisions[index];
    const placed = new Set<string>(
      entry.outcomes.flatMap((outcome: any) =>
        [...outcome.clusters, ...outcome.requiredBy.flatMap((each: any) => each.clusters)].map(
          (each: any) => each.name,
        ),
      ),
    );
    return [...this.clusters]
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
    return [...new Set(this.facts.flatMap((facts) => rulesOf(facts).map(({ rule }) => rule)))];
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
    return timelines(this.decisions[this.indexOf(resource, 'failover')], {
      ...{ decisions: this.decisions, world: this.world, flags: this.flags, taintPolicies: this.taintPolicies },
    });
  }

  /** @internal */
  public get _names(): string[] {
    return this.decisions.filter(({ policy }) => policy).map(({ key }) => resourceText(key));
  }

  /** @internal */
  public get _clusterNames(): string[] {
    return this.clusters.map(({ name }) => name).sort();
  }

  /** @internal */
  public get _fleet(): readonly ClusterFacts[] {
    return this.clusters;
  }

  /**
   * The template of a resource as Karmada stores it.
   *
   * @internal
   */
  public _template(resource: string): any {
    return this.decisions[this.indexOf(resource, 'resource')].template;
  }

  /** @internal */
  public _entry(resource: string): any {
    return this.reports[this.indexOf(resource, 'resource')].entry;
  }

  /**
   * Replicas by cluster, for each possible outcome; a dependency has 0 where its parents go.
   *
   * @internal
   */
  public _placements(resource: string): ReadonlyMap<string, number>[] {
    const { entry, unsupported } = this.reports[this.indexOf(resource, 'resource')];
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
      this.decisions
        .map((decision) => heldBinding(decision, outcome, this.bindings.get(resourceText(decision.key))))
        .filter((binding) => binding !== undefined);
    return {
      decisions: this.decisions,
      clusters: this._clusterNames,
      entries: this.reports.map(({ entry }) => entry),
      unsupported: this.reports.map((each) => each.unsupported),
      objects: this.objects,
      overriding: (decision) => this.renderer.overrides.selecting(decision.template),
      rendered: (decision, outcome, clusters) => rendered(decision, outcome, clusters, this.renderer),
      bindings: held,
      rebalancing: () => held(0).map(rebalancing),
    };
  }

  /** @internal */
  public _shortages(): Shortage[] {
    const fresh = this.decisions.filter(({ key }) => !this.bindings.has(resourceText(key)));
    return shortages(fresh, this.clusters);
  }

  private readonly running = ({ key }: Decision, cluster: string): number => {
    const clusters: any[] = this.bindings.get(resourceText(key))?.spec?.clusters ?? [];
    return clusters.find(({ name }) => name === cluster)?.replicas ?? 0;
  };

  private indexOf(resource: string, at: string): number {
    return this.positions.get(this.names.find(resource, at)) as number;
  }
}

/** Lists with something in them. */
function said(lists: { readonly [name: string]: readonly any[] }): { readonly [name: string]: readonly any[] } {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
