import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterScoped } from './cluster-scoped';

/** Where something is, for a message: construct path and object. */
export function place(construct: IConstruct, object: ApiObject): string {
  // cdk8s gives the chart's namespace to every object
  const namespace = isClusterScoped(object.apiVersion, object.kind) ? undefined : object.metadata.namespace;
  const key = [object.kind, namespace, object.name].filter((part) => part !== undefined).join('/');
  return `${construct.node.path} (${key})`;
}
