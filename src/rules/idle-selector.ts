import { FindingLevel } from '../core/finding';
import { groupOf } from '../core/object-key';
import { resourceSelector } from '../core/private/match-policy';
import { grouped, keyed } from './grouped';
import { OVERRIDE, PROPAGATION } from './kinds';
import type { Objects } from './objects';
import { entries } from './read';
import type { Doubt, InputRule } from './rule';

const EVERYWHERE = '*';

/** Templates of a kind, by the namespaces that a policy may look at, and by name. */
function byKind(templates: readonly any[]): ReadonlyMap<string, readonly any[]> {
  return grouped(templates, ({ apiVersion, kind, metadata: { name, namespace } }) =>
    [namespace ?? '', EVERYWHERE].flatMap((scope) => {
      const key = [groupOf(apiVersion), kind, scope];
      return [keyed(...key), keyed(...key, name)];
    }),
  );
}

/** What the selector would look at, were its version right: objects of its kind and API group, in the policy's namespace. */
function check(objects: Objects): Doubt[] {
  const templates = byKind(objects.templates);
  return [...PROPAGATION, ...OVERRIDE].flatMap((kind) =>
    objects.ofKind(kind).flatMap((policy) =>
      entries(policy.spec?.resourceSelectors).flatMap(({ item: selector, index }) => {
        const key = [groupOf(selector.apiVersion), selector.kind, policy.metadata.namespace ?? EVERYWHERE];
        const sameKind = templates.get(keyed(...key)) ?? [];
        const near = selector.name ? (templates.get(keyed(...key, selector.name)) ?? []) : sameKind;
        const matches = resourceSelector(selector);
        const path = `spec.resourceSelectors[${index}]`;
        if (sameKind.length === 0 || near.some((template) => matches(template) > 0)) return [];
        const renamed = near.find((template) => matches({ ...template, apiVersion: selector.apiVersion }) > 0);
        if (!renamed) {
          const message = `it selects no ${selector.kind} of the input`;
          return [{ object: policy, path, message }];
        }
        return [
          {
            object: policy,
            path: `${path}.apiVersion`,
            message: `it selects ${selector.kind} of ${selector.apiVersion}, but "${renamed.metadata.name}" is of ${renamed.apiVersion}: Karmada compares the texts`,
            fix: `set apiVersion to ${renamed.apiVersion}`,
          },
        ];
      }),
    ),
  );
}

export const IDLE_SELECTOR: InputRule = {
  code: 'MC042',
  level: FindingLevel.WARNING,
  title: 'a policy that matches nothing',
  why: 'A policy or an override whose selector fits no object is stored and does nothing. apiVersion, kind, namespace and name are compared as texts. Karmada may hold other objects that it fits: then acknowledge this.',
  fix: 'correct apiVersion, kind, namespace, name and labels of the selector; acknowledge this when the object is on Karmada already',
  see: 'pkg/util/selector.go at v1.18.2, https://github.com/karmada-io/karmada/issues/4650',
  check,
};
