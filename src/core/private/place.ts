import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Where something is, for a message: construct path and object. */
export function place(construct: IConstruct, object: ApiObject): string {
  const key = [object.kind, object.metadata.namespace, object.name].filter((part) => part !== undefined).join('/');
  return `${construct.node.path} (${key})`;
}
