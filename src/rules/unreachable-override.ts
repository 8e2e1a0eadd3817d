import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import type { Affinity } from '../core/private/affinity';
import { OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { overrideRulesOf } from './overrides';
import { mayChoose, namesOf } from './placements';
import { quoted } from './read';
import type { Doubt, InputRule } from './rule';

/** Policies that send a template out: the one that claims it, and those that send what refers to it, with what it needs. */
function sendersOf(objects: Objects): (template: any) => readonly any[] {
  const followed = new Map<any, any[]>();
  for (const template of objects.templates) {
    const policy = objects.policyOf(template);
    if (!policy?.spec.propagateDeps) continue;
    for (const { apiVersion, kind, name } of objects.references(template)) {
      const dependency = name && objects.find(apiVersion, kind, template.metadata.namespace, name);
      if (dependency) followed.set(dependency, [...(followed.get(dependency) ?? []), policy]);
    }
  }
  return (template) => {
    const policy = objects.policyOf(template);
    return [...new Set([...(policy ? [policy] : []), ...(followed.get(template) ?? [])])];
  };
}

function words({ clusterNames, exclude = [] }: Affinity): string {
  return clusterNames ? quoted(clusterNames) : `all but ${quoted(exclude)}`;
}

function check(objects: Objects): Doubt[] {
  const overrides = OVERRIDE.flatMap((kind) => objects.ofKind(kind));
  const senders = overrides.length > 0 ? sendersOf(objects) : () => [];
  return overrides.flatMap((override) => {
    const sent = objects.overriddenBy(override).map(senders);
    if (sent.length === 0 || sent.some((policies) => policies.length === 0)) return [];
    const policies = [...new Set(sent.flat())];
    return overrideRulesOf(override).flatMap(({ targetCluster, path }) => {
      const target = namesOf(targetCluster);
      if (policies.some((policy) => mayChoose(policy, target))) return [];
      const names = policies.map((policy) => keyText(keyOf(policy))).join(', ');
      const field = target.clusterNames ? 'clusterNames' : 'exclude';
      const message = `the rule is for ${words(target)}, where ${names} can send nothing that it selects`;
      return [{ object: override, path: `${path}targetCluster.${field}`, message }];
    });
  });
}

export const UNREACHABLE_OVERRIDE: InputRule = {
  code: 'MC070',
  level: FindingLevel.WARNING,
  title: 'an override for clusters that are never chosen',
  why: 'An override rule has an effect on clusters that get the object. The placement of the object names others, or leaves these out, in each of its groups.',
  fix: 'take the rule away, or let the placement choose its clusters',
  see: 'pkg/util/overridemanager/overridemanager.go and pkg/util/selector.go at v1.18.2',
  check,
};
