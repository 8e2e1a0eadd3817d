import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { ClusterSelector } from '../core/cluster-selector';
import { MulticloudChart } from '../core/multicloud-chart';
import { addCheck } from '../core/private/check';
import { declareClusterScoped } from '../core/private/cluster-scoped';
import { addLate } from '../core/private/late';
import { limited, nameFrom } from '../core/private/names';
import { PlainObject, peekAt } from '../core/private/plain-object';
import { withoutServerFields } from '../core/private/running-object';
import { customClusterScoped, isWithoutNamespace } from '../core/private/stamp';
import { suggestion } from '../core/private/suggestion';
import { type Trouble, troubles } from '../core/private/trouble';
import { ResourceSelector } from '../core/resource-selector';
import { ClusterOverridePolicy } from '../policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../policy/cluster-propagation-policy';
import { OverridePolicy } from '../policy/override-policy';
import type { Overrider } from '../policy/overrider';
import { propagationOptions } from '../policy/private/propagation-options';
import type { PropagationOptions } from '../policy/propagation-options';
import { type IPropagationPolicy, PropagationPolicy } from '../policy/propagation-policy';
import { GIVEN } from './private/given';
import { manifestsIn, repeatedTroubles } from './private/manifest-text';
import { objectsBelow, parts, selectable, sendable } from './private/members';
import { RawPolicy } from './private/raw-policies';
import { isSecret, literalSecretTroubles } from './private/secret-data';

/** Options of `MulticloudGroup`. */
export interface MulticloudGroupOptions extends PropagationOptions {
  /**
   * Name of the policies.
   *
   * @default - the construct's id in lower case, and `-group`
   */
  readonly policyName?: string;
}

/** Options of `MulticloudGroup.fromYaml`. */
export interface MulticloudGroupYamlProps extends MulticloudGroupOptions {
  /**
   * The objects as YAML or JSON documents, read as Kubernetes reads them. What a server wrote into them is left out. Policies may
   * be among them: what they select goes out with them, and everything else with the policies of the group.
   */
  readonly yaml: string;
}

const GROUPS = new WeakSet<IConstruct>();

/**
 * Everything below a construct on several clusters: a `Helm`, an `Include`, a construct of your team.
 *
 * One policy for each namespace selects each object by its name, and one cluster policy those that have no namespace, such as
 * custom kinds. What is made later below the construct counts too. A policy selects at most 100 objects: where there are more,
 * there are several, split so that an object more or less leaves most of them as they are.
 *
 * Left out are objects with policies of their own, namespaces, which Karmada sends by itself, Karmada's own kinds, and the hooks
 * of Helm: Karmada would run them at once, and not before or after anything.
 *
 * @example
 * import { Include } from 'cdk8s';
 * import { ClusterSelector, MulticloudChart, MulticloudGroup, Overrider, Placement, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const chart: MulticloudChart;
 *
 * const monitoring = new Include(chart, 'monitoring', { url: 'monitoring.yaml' });
 * const group = MulticloudGroup.of(monitoring, {
 *   placement: Placement.duplicated({ clusters: ClusterSelector.labels({ tier: 'edge' }) }),
 * });
 * group.overrideOn(
 *   ResourceSelector.named('apps/v1', 'Deployment', 'grafana'),
 *   ClusterSelector.names('berlin'),
 *   Overrider.image({ registry: 'mirror.berlin.example' }),
 * );
 */
export class MulticloudGroup extends Construct {
  /**
   * Sends out everything below a construct.
   *
   * @param construct a `Helm`, an `Include`, a construct of your team
   * @param options where it goes, and how
   * @throws if it goes out already
   */
  public static of(construct: IConstruct, options: MulticloudGroupOptions = {}): MulticloudGroup {
    if (construct.node.tryFindChild(GIVEN)) {
      throw troubles([
        { what: 'what is below this construct goes out already', at: construct.node.path, fix: 'send it out once' },
      ]);
    }
    return new MulticloudGroup(construct as Construct, GIVEN, construct, options);
  }

  /**
   * Sends out the objects of a text, with the policies in it if there are any: a workload, its PropagationPolicy and its
   * OverridePolicy may stand in one.
   *
   * @param scope the chart, or a construct in it
   * @param id id of the construct
   * @param props the text, and where what has no policy in it goes
   * @throws if the text is not YAML or holds no objects, a policy in it selects none of them, or a Secret has its values in it
   */
  public static fromYaml(scope: Construct, id: string, props: MulticloudGroupYamlProps): MulticloudGroup {
    const documents = new Construct(scope, id);
    const { manifests, troubles: found } = manifestsIn(props.yaml, '`yaml`');
    const empty: Trouble[] =
      found.length === 0 && manifests.length === 0
        ? [{ what: '`yaml` holds no objects', fix: 'give one or more, with --- between them' }]
        : [];
    const at = documents.node.path;
    const chart = MulticloudChart._around(documents);
    const wrong = [
      ...found,
      ...empty,
      ...(found.length > 0 ? [] : repeatedTroubles(manifests, '`yaml`', chart.namespace)),
    ];
    if (wrong.length > 0) throw troubles(wrong.map((trouble) => ({ ...trouble, at })));
    const objects = manifests.map((manifest) => document(documents, manifest, chart.namespace));
    const all = objects.map((object) => selectable(object, chart.namespace));
    const idle = RawPolicy.among(objects, chart.namespace).flatMap((policy) => policy.troubles(all));
    const secret = manifests.flatMap(literalSecretTroubles);
    if (idle.length + secret.length > 0) throw troubles([...idle, ...secret].map((trouble) => ({ ...trouble, at })));
    return MulticloudGroup.of(documents, props);
  }

  /** Name of the policies. */
  public readonly policyName: string;

  private readonly chart: MulticloudChart;
  private sent: readonly ApiObject[] = [];
  private policies: IPropagationPolicy[] = [];
  private readonly overrides = new Map<ApiObject, OverridePolicy | ClusterOverridePolicy>();

  private constructor(
    scope: Construct,
    id: string,
    private readonly root: IConstruct,
    private readonly options: MulticloudGroupOptions,
  ) {
    super(scope, id);
    GROUPS.add(this);
    this.chart = MulticloudChart._around(this);
    this.policyName =
      options.policyName === undefined ? nameFrom(`${root.node.id}-group`) : limited(options.policyName);
    addLate(this, (hasNoNamespace) => this.makePolicies(hasNoNamespace));
    addCheck(this, () =>
      this.objects()
        .filter(isSecret)
        .flatMap((object) =>
          literalSecretTroubles(peekAt(object)).map((trouble) => ({ ...trouble, at: object.node.path })),
        ),
    );
  }

  /**
   * Makes one object differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * Nothing of the object's policy goes out before the differences are known to Karmada.
   *
   * @param object one object of the group, as `ResourceSelector.of` or `ResourceSelector.named` gives it
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if the group has no such object, or there are no overrides
   */
  public overrideOn(object: ResourceSelector, clusters: ClusterSelector, ...overriders: Overrider[]): void {
    const found = this.find(object);
    const overrides = this.overrides.get(found) ?? this.newOverrides(found);
    this.overrides.set(found, overrides);
    overrides.addRule({ clusters, overriders });
    this.sent = [];
  }

  /** All that is below the construct by now. */
  private objects(): ApiObject[] {
    return objectsBelow(this.root, (construct) => GROUPS.has(construct));
  }

  private find(selector: ResourceSelector): ApiObject {
    const { apiVersion, kind, name, namespace } = selector._toKarmada();
    const objects = sendable(this.objects(), this.chart.namespace);
    const found = objects.find((object) =>
      selector._object
        ? object === selector._object
        : object.apiVersion === apiVersion &&
          object.kind === kind &&
          object.name === name &&
          (namespace ?? object.metadata.namespace) === object.metadata.namespace,
    );
    if (found) return found;
    const known = [...new Set(objects.filter((object) => object.kind === kind).map((object) => object.name))];
    throw troubles([
      {
        what: `the group sends no ${apiVersion} ${kind}${name === undefined ? ' that is chosen by name' : ` ${name}`}`,
        at: this.root.node.path,
        fix:
          known.length > 0 ? suggestion(name ?? '', known, `objects of kind ${kind}`) : `it has none of kind ${kind}`,
      },
    ]);
  }

  private newOverrides(object: ApiObject): OverridePolicy | ClusterOverridePolicy {
    const { kind, name } = object;
    const namespace = object.metadata.namespace ?? this.chart.namespace;
    const policy = { name: overridesName(object), resources: [ResourceSelector.of(object)] };
    const isCluster = isWithoutNamespace(object, customClusterScoped(this.objects()));
    const id = ['Overrides', kind, name, ...(isCluster ? [] : [namespace])].join('-');
    return isCluster
      ? new ClusterOverridePolicy(this, id, policy)
      : new OverridePolicy(this, id, { ...policy, namespace });
  }

  /** Makes the policies for what is there now, unless they are made. */
  private makePolicies(hasNoNamespace: (object: ApiObject) => boolean): void {
    const objects = sendable(this.objects(), this.chart.namespace);
    const isSame = objects.length === this.sent.length && objects.every((object, index) => object === this.sent[index]);
    if (isSame) return;
    for (const policy of this.policies) this.node.tryRemoveChild(policy.node.id);
    this.sent = objects;
    const clusterWide = objects.filter(hasNoNamespace);
    for (const object of clusterWide) declareClusterScoped(object);
    const byNamespace = new Map<string, ApiObject[]>();
    for (const object of objects.filter((each) => !hasNoNamespace(each))) {
      const namespace = object.metadata.namespace ?? (this.chart.namespace as string);
      const all = byNamespace.get(namespace);
      if (all) all.push(object);
      else byNamespace.set(namespace, [object]);
    }
    this.policies = [
      ...parts(clusterWide).map(
        ({ suffix, objects: some }) =>
          new ClusterPropagationPolicy(this, `ClusterPropagation${suffix}`, this.policyOf(suffix, some)),
      ),
      ...[...byNamespace].flatMap(([namespace, all]) =>
        parts(all).map(
          ({ suffix, objects: some }) =>
            new PropagationPolicy(this, `Propagation-${namespace}${suffix}`, {
              ...this.policyOf(suffix, some),
              namespace,
            }),
        ),
      ),
    ];
  }

  private policyOf(suffix: string, objects: readonly ApiObject[]) {
    const { dependentOverrides = [], ...options } = propagationOptions(this.options);
    const overrides = objects.filter((object) => this.overrides.has(object)).map(overridesName);
    const waitsFor = [...dependentOverrides, ...overrides];
    return {
      autoPropagate: true,
      ...options,
      ...(waitsFor.length > 0 && { dependentOverrides: waitsFor }),
      name: limited(`${this.policyName}${suffix}`),
      resources: objects.map((object) => ResourceSelector.of(object)),
    };
  }
}

function overridesName({ name, kind }: ApiObject): string {
  return nameFrom(`${name}-${kind}`);
}

/** One document as an object of the code. */
function document(scope: Construct, given: any, chartNamespace: string | undefined): ApiObject {
  const { apiVersion, kind, metadata, ...rest } = withoutServerFields(given);
  const { name, namespace = chartNamespace } = metadata;
  const id = [kind, name, ...(metadata.namespace ? [metadata.namespace] : [])].join('-').toLowerCase();
  // names of other kinds may differ in the case of their letters only
  const free = scope.node.tryFindChild(id) ? `${id}-${scope.node.children.length + 1}` : id;
  return new PlainObject(scope, free, { apiVersion, kind, metadata: { ...metadata, namespace }, rest });
}
