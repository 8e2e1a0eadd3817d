import { keyText } from '../../core/object-key';
import { dependenciesOf } from '../../core/private/dependencies';
import { apiKey } from './cluster';
import type { Decision } from './decide';
import { flatten } from './input';
import { resourceText } from './uids';

/** What a resource refers to and the input does not hold. */
export function missing(decision: Decision, own: ReadonlySet<string>): string[] {
  if (!decision.policy?.spec.propagateDeps) return [];
  const { namespace } = decision.key;
  return (dependenciesOf(decision.template) ?? []).flatMap(({ apiVersion, kind, name }) =>
    name === undefined || own.has(resourceText({ apiVersion, kind, namespace, name }))
      ? []
      : [keyText({ apiVersion, kind, namespace, name })],
  );
}

export function bindingsByResource(bindings: readonly any[]): ReadonlyMap<string, any> {
  const known = flatten(bindings).filter((each) => each.spec?.resource);
  return new Map(
    known.map((binding) => {
      const { apiVersion, kind, name, namespace = binding.metadata.namespace ?? '' } = binding.spec.resource;
      return [resourceText({ apiVersion, kind, namespace, name }), binding];
    }),
  );
}

export function customizedKinds(objects: readonly any[]): ReadonlySet<string> {
  return new Set(
    objects
      .filter((object) => object.kind === 'ResourceInterpreterCustomization')
      .map(({ spec }) => apiKey(spec?.target?.apiVersion, spec?.target?.kind)),
  );
}
