import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClusterSelector } from '../../core/cluster-selector';
import { MulticloudChart } from '../../core/multicloud-chart';
import { declareClusterScoped, isClusterScoped } from '../../core/private/cluster-scoped';
import { nameFrom } from '../../core/private/names';
import { PlainObject } from '../../core/private/plain-object';
import { type Trouble, troubles } from '../../core/private/trouble';
import { ResourceSelector } from '../../core/resource-selector';
import { ClusterOverridePolicy } from '../../policy/cluster-override-policy';
import { ClusterPropagationPolicy } from '../../policy/cluster-propagation-policy';
import { OverridePolicy } from '../../policy/override-policy';
import type { Overrider } from '../../policy/overrider';
import { propagationOptions } from '../../policy/private/propagation-options';
import { type IPropagationPolicy, PropagationPolicy } from '../../policy/propagation-policy';
import type { IMulticloudResource, MulticloudResourceProps } from '../multicloud-resource';
import { DESCRIPTION, descriptionTroubles, PROTECTED } from './resource-metadata';
import { markSent } from './sent';

/** An object to be made, out of the props of its construct or out of text; or one that something else makes. */
export interface Draft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Its `spec`, if it has one. Made only when nothing is wrong. */
  readonly spec?: () => any;
  /** What else it is made of, such as the `data` of a ConfigMap. Made only when nothing is wrong. */
  readonly body?: () => { readonly [field: string]: any };
  /** What its text says of its metadata; labels and annotations of the props come on top. */
  readonly metadata?: ApiObjectMetadata;
  /** The object, when something else makes it. It stays where it is. */
  readonly object?: ApiObject;
  /** Whether it has no namespace. Kinds of Kubernetes and Karmada are known. */
  readonly isClusterScoped?: boolean;
  /** What is wrong with the props. */
  readonly troubles: readonly Trouble[];
}

/**
 * What all that goes to member clusters has in common. Users do not see it: to them each construct has these members itself, and
 * `IMulticloudResource` is what they share.
 *
 * @internal
 */
export abstract class Resource extends Construct implements IMulticloudResource {
  /** The object itself, for patches. Overrides are looked up in what it becomes. */
  public readonly template: ApiObject;

  /** The policy that says where it goes. */
  public readonly propagation: IPropagationPolicy;

  /** Name of the policies that belong to it. */
  public readonly policyName: string;

  private readonly isClusterScoped: boolean;
  private overrides?: OverridePolicy | ClusterOverridePolicy;

  constructor(scope: Construct, id: string, props: MulticloudResourceProps, draft: Draft) {
    super(scope, id);
    const chart = MulticloudChart._around(this);
    const { apiVersion, kind, name } = draft;
    const found = [...draft.troubles, ...descriptionTroubles(props.description)];
    if (found.length > 0) throw troubles(found.map((trouble) => ({ ...trouble, at: this.node.path })));

    this.isClusterScoped = draft.isClusterScoped ?? isClusterScoped(apiVersion, kind);
    this.policyName = nameFrom(`${name}-${kind}`);
    this.template = draft.object ? annotated(draft.object, props) : made(this, props, draft);
    if (this.isClusterScoped) declareClusterScoped(this.template);
    this.node.defaultChild = this.template;
    markSent(this.template);

    const namespace = this.template.metadata.namespace ?? chart.namespace;
    const policy = {
      autoPropagate: true,
      ...propagationOptions(props),
      name: this.policyName,
      resources: [ResourceSelector.of(this.template)],
    };
    this.propagation = this.isClusterScoped
      ? new ClusterPropagationPolicy(this, 'Propagation', policy)
      : new PropagationPolicy(this, 'Propagation', { ...policy, namespace });
  }

  /**
   * Makes it differ on some clusters. What is called later comes on top, on clusters that both choose.
   *
   * Nothing goes out before the differences are known to Karmada.
   *
   * @param clusters the clusters that it differs on
   * @param overriders what differs, at least one thing
   * @throws if there are no overrides
   */
  public overrideOn(clusters: ClusterSelector, ...overriders: Overrider[]): void {
    if (!this.overrides) {
      this.overrides = this.newOverrides();
      this.propagation._dependOn(this.policyName);
    }
    this.overrides.addRule({ clusters, overriders });
  }

  private newOverrides(): OverridePolicy | ClusterOverridePolicy {
    const policy = { name: this.policyName, resources: [ResourceSelector.of(this.template)] };
    if (this.isClusterScoped) return new ClusterOverridePolicy(this, 'Overrides', policy);
    const namespace = this.template.metadata.namespace ?? MulticloudChart._around(this).namespace;
    return new OverridePolicy(this, 'Overrides', { ...policy, namespace });
  }
}

function made(scope: Construct, props: MulticloudResourceProps, draft: Draft): ApiObject {
  const { apiVersion, kind, name, spec, body, metadata } = draft;
  const namespace = props.namespace ?? metadata?.namespace ?? MulticloudChart._around(scope).namespace;
  return new PlainObject(scope, 'Resource', {
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      name,
      namespace,
      labels: { ...metadata?.labels, ...props.labels, ...(props.deletionProtection && PROTECTED) },
      annotations: {
        ...metadata?.annotations,
        ...props.annotations,
        ...(props.description !== undefined && { [DESCRIPTION]: props.description }),
      },
    },
    rest: body?.(),
    spec: spec?.(),
  });
}

/** An object that something else makes, with what its options say. */
function annotated(object: ApiObject, { description, deletionProtection }: MulticloudResourceProps): ApiObject {
  if (description !== undefined) object.metadata.addAnnotation(DESCRIPTION, description);
  for (const [key, value] of Object.entries(deletionProtection ? PROTECTED : {})) object.metadata.addLabel(key, value);
  return object;
}
