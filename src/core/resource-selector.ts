import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterScoped } from './private/cluster-scoped';
import { type Trouble, troubles } from './private/trouble';

/**
 * Chooses the objects that a policy is for, in the policy's own namespace.
 *
 * Prefer `of`: kind, API version and name come from the object itself, so they cannot be wrong. A policy whose selector
 * matches nothing is silently idle in Karmada.
 *
 * @see https://github.com/karmada-io/karmada/blob/v1.18.2/pkg/apis/policy/v1alpha1/propagation_types.go
 */
export class ResourceSelector {
  /**
   * One object of the code: of cdk8s, of any cdk8s-plus, or a construct whose main object it is.
   *
   * @param construct the object, or the construct that makes it
   * @throws if there is no object behind it, or its kind is cluster-scoped
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
   * @throws if one of them is empty, or the kind is cluster-scoped
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
   * @throws if there are no labels, API version or kind are empty, or the kind is cluster-scoped
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
    return new ResourceSelector(apiVersion, kind, { labelSelector: { matchLabels: { ...labels } } });
  }

  /**
   * All objects of a kind, also those made later.
   *
   * @param apiVersion API version of the kind, such as `apps/v1`
   * @param kind kind, such as `Deployment`
   * @throws if one of them is empty, or the kind is cluster-scoped
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

  private constructor(apiVersion: string, kind: string, rest: any, object?: ApiObject) {
    const found: Trouble[] = [];
    const at = object?.node.path;
    if (apiVersion === '' || kind === '') {
      found.push({
        what: `a selector needs API version and kind, got "${apiVersion}" and "${kind}"`,
        at,
        fix: "give both, such as 'apps/v1' and 'Deployment'",
      });
    }
    if (isClusterScoped(apiVersion, kind)) {
      found.push({
        what: `${kind} is cluster-scoped, and this policy reaches only objects of its own namespace`,
        at,
        fix: 'write a ClusterPropagationPolicy or ClusterOverridePolicy for it, as an ApiObject',
      });
    }
    if (found.length > 0) throw troubles(found);
    this.apiVersion = apiVersion;
    this._kind = kind;
    this.rest = rest;
    this._object = object;
  }

  /**
   * Karmada's ResourceSelector. Karmada refuses one of another namespace than the policy's.
   *
   * @internal
   */
  public _toKarmada(policyNamespace?: string): any {
    const { apiVersion, _kind: kind } = this;
    const object = this._object;
    const namespace = object?.metadata.namespace ?? policyNamespace;
    return { apiVersion, kind, namespace, ...(object ? { name: object.name } : this.rest) };
  }
}

/** The object behind a construct, if there is one. */
function tryObject(construct: IConstruct): ApiObject | undefined {
  let found: IConstruct | undefined = construct;
  while (found && !ApiObject.isApiObject(found)) found = found.node.defaultChild;
  return found;
}
