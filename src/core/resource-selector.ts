import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { labelTroubles } from './private/cluster-names';
import { isClusterScoped, isDeclaredClusterScoped } from './private/cluster-scoped';
import { isDnsLabel, LABEL_RULE } from './private/names';
import { isStampedClusterScoped } from './private/stamp';
import { type Trouble, troubles } from './private/trouble';
import type { ResourceLabel } from './resource-label';

/**
 * Chooses the objects that a policy is for. It never changes: `inNamespace` gives a new selector.
 *
 * Prefer `of`: kind, API version, namespace and name come from the object itself, so they cannot be wrong. A policy whose
 * selector matches nothing is silently idle in Karmada.
 *
 * A policy with a namespace chooses in that namespace alone. A cluster policy chooses cluster-scoped objects and those of
 * every namespace, unless `inNamespace` names one.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { ResourceLabel, ResourceSelector } from 'cdk8s-karmada';
 *
 * declare const web: ApiObject;
 *
 * ResourceSelector.of(web);
 * ResourceSelector.matching('v1', 'ConfigMap', ResourceLabel.isIn('tier', 'edge', 'core')).inNamespace('shop');
 */
export class ResourceSelector {
  /**
   * One object of the code: of cdk8s, of any cdk8s-plus, or a construct whose main object it is.
   *
   * @param construct the object, or the construct that makes it
   * @throws if there is no object behind it
   */
  public static of(construct: IConstruct): ResourceSelector {
    const object = tryObject(construct);
    if (!object) {
      throw troubles([
        {
          what: 'there is no one Kubernetes object behind this construct',
          at: construct.node.path,
          fix: 'give the object itself, or a construct whose default child it is',
        },
      ]);
    }
    return new ResourceSelector(object.apiVersion, object.kind, {}, object);
  }

  /**
   * The object with this name.
   *
   * @param apiVersion API version of the kind, such as `apps/v1`
   * @param kind kind, such as `Deployment`
   * @param name name of the object
   * @throws if one of them is empty
   */
  public static named(apiVersion: string, kind: string, name: string): ResourceSelector {
    if (name === '') {
      throw troubles([
        { what: `the name of the selected ${kind} is empty`, fix: 'give a name, or use ResourceSelector.everything' },
      ]);
    }
    return new ResourceSelector(apiVersion, kind, { name });
  }

  /**
   * The objects that have all of these labels, also those made later.
   *
   * @param apiVersion API version of the kind, such as `apps/v1`
   * @param kind kind, such as `Deployment`
   * @param labels at least one
   * @throws if there are no labels, one that no object can have, or API version or kind are empty
   */
  public static labelled(apiVersion: string, kind: string, labels: { [key: string]: string }): ResourceSelector {
    if (Object.keys(labels).length === 0) {
      throw troubles([
        {
          what: `no labels are given to select by ${kind}`,
          fix: 'give one or more, or use ResourceSelector.everything',
        },
      ]);
    }
    const found = Object.entries(labels).flatMap(([key, value]) => labelTroubles(key, [value], 'label'));
    if (found.length > 0) throw troubles(found);
    return new ResourceSelector(apiVersion, kind, { labelSelector: { matchLabels: { ...labels } } });
  }

  /**
   * The objects for which all of these hold, also those made later.
   *
   * @param apiVersion API version of the kind, such as `apps/v1`
   * @param kind kind, such as `Deployment`
   * @param labels at least one
   * @throws if there are no labels, or API version or kind are empty
   */
  public static matching(apiVersion: string, kind: string, ...labels: ResourceLabel[]): ResourceSelector {
    if (labels.length === 0) {
      throw troubles([
        {
          what: `no labels are given to select by ${kind}`,
          fix: 'give one ResourceLabel or more, or use ResourceSelector.everything',
        },
      ]);
    }
    const matchExpressions = labels.map((label) => label._toKarmada());
    return new ResourceSelector(apiVersion, kind, { labelSelector: { matchExpressions } });
  }

  /**
   * All objects of a kind, also those made later.
   *
   * @param apiVersion API version of the kind, such as `apps/v1`
   * @param kind kind, such as `Deployment`
   * @throws if one of them is empty
   */
  public static everything(apiVersion: string, kind: string): ResourceSelector {
    return new ResourceSelector(apiVersion, kind, {});
  }

  /**
   * The object, when the code has it.
   *
   * @internal
   */
  public readonly _object?: ApiObject;

  /** @internal */
  public readonly _kind: string;

  private readonly apiVersion: string;
  private readonly rest: any;
  private readonly namespace?: string;

  private constructor(apiVersion: string, kind: string, rest: any, object?: ApiObject, namespace?: string) {
    if (apiVersion === '' || kind === '') {
      throw troubles([
        {
          what: `a selector needs API version and kind, got "${apiVersion}" and "${kind}"`,
          at: object?.node.path,
          fix: "give both, such as 'apps/v1' and 'Deployment'",
        },
      ]);
    }
    this.apiVersion = apiVersion;
    this._kind = kind;
    this.rest = rest;
    this._object = object;
    this.namespace = namespace;
  }

  /**
   * The same in one namespace: what a cluster policy needs to leave other namespaces alone.
   *
   * @param namespace the namespace of the objects
   * @throws if no namespace can have the name, the kind is cluster-scoped, or the selector is for an object of the code
   */
  public inNamespace(namespace: string): ResourceSelector {
    const found: Trouble[] = [];
    if (!isDnsLabel(namespace)) {
      found.push({
        what: `"${namespace}" cannot be the name of a namespace`,
        fix: `use at most 63 characters: ${LABEL_RULE}`,
      });
    }
    if (this._object) {
      found.push({
        what: `the selector is for the object ${this._object.name}, which has a namespace of its own`,
        at: this._object.node.path,
        fix: 'leave `inNamespace` out',
      });
    } else if (this._isClusterScoped) {
      found.push({ what: `${this._kind} is cluster-scoped, so it is in no namespace`, fix: 'leave `inNamespace` out' });
    }
    if (found.length > 0) throw troubles(found);
    return new ResourceSelector(this.apiVersion, this._kind, this.rest, undefined, namespace);
  }

  /**
   * Whether its objects have no namespace. Of an object of a custom kind that the chart defines it is known once it is stamped.
   *
   * @internal
   */
  public get _isClusterScoped(): boolean {
    const object = this._object;
    if (isClusterScoped(this.apiVersion, this._kind)) return true;
    return object !== undefined && (isDeclaredClusterScoped(object) || isStampedClusterScoped(object));
  }

  /**
   * Whether it chooses one object by its name.
   *
   * @internal
   */
  public get _isNamed(): boolean {
    return this._object !== undefined || this.rest.name !== undefined;
  }

  /**
   * The kind with its API version, in text.
   *
   * @internal
   */
  public get _type(): string {
    return `${this.apiVersion} ${this._kind}`;
  }

  /**
   * The namespace that it names itself.
   *
   * @internal
   */
  public get _namespace(): string | undefined {
    return this._isClusterScoped ? undefined : (this.namespace ?? this._object?.metadata.namespace);
  }

  /**
   * Karmada's ResourceSelector. Karmada refuses one of another namespace than the policy's.
   *
   * @internal
   */
  public _toKarmada(policyNamespace?: string): any {
    const { apiVersion, _kind: kind } = this;
    const namespace = this._isClusterScoped ? undefined : (this._namespace ?? policyNamespace);
    return {
      apiVersion,
      kind,
      ...(namespace !== undefined && { namespace }),
      ...(this._object ? { name: this._object.name } : this.rest),
    };
  }
}

/** The object behind a construct, if there is one. */
function tryObject(construct: IConstruct): ApiObject | undefined {
  let found: IConstruct | undefined = construct;
  while (found && !ApiObject.isApiObject(found)) found = found.node.defaultChild;
  return found;
}
