import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { mayOverlap } from '../core/private/affinity';
import { OVERRIDE } from './kinds';
import type { Objects } from './objects';
import { overrideRulesOf } from './overrides';
import { namesOf } from './placements';
import { entries } from './read';
import type { Doubt, InputRule } from './rule';

/** One operation of JSON Patch in an override policy. */
interface Operation {
  readonly policy: any;
  readonly at: string;
  readonly targetCluster: any;
  readonly operator: string;
  readonly path: string;
}

function operationsOf(policy: any): Operation[] {
  return overrideRulesOf(policy).flatMap(({ overriders, targetCluster, path: at }) =>
    entries(overriders.plaintext).map(({ item: { operator, path }, index }) => ({
      policy,
      at: `${at}overriders.plaintext[${index}].path`,
      targetCluster,
      operator: String(operator),
      path: String(path),
    })),
  );
}

/** The list of which an operation moves elements to other places; undefined when it moves none. */
function listMovedBy({ operator, path }: Operation): string | undefined {
  const [, list, last] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
  return operator !== 'replace' && /^\d+$/.test(last ?? '') ? list : undefined;
}

/** The lists that a path counts in, from the outermost. */
function listsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.flatMap((segment, i) => (/^\d+$/.test(segment) ? [segments.slice(0, i).join('/')] : []));
}

function check(objects: Objects): Doubt[] {
  const operations = new Map<any, readonly Operation[]>();
  for (const policy of OVERRIDE.flatMap((kind) => objects.ofKind(kind))) operations.set(policy, operationsOf(policy));
  const said = new Set<string>();
  return objects.templates.flatMap((template) => {
    const policies = objects.overridesOf(template);
    if (policies.length < 2) return [];
    const all = policies.flatMap((policy) => operations.get(policy) ?? operationsOf(policy));
    const moving = new Map<string, Operation>();
    for (const each of all) {
      const list = listMovedBy(each);
      if (list !== undefined && !moving.has(list)) moving.set(list, each);
    }
    if (moving.size === 0) return [];
    return all.flatMap((each) => {
      const other = listsOf(each.path)
        .map((list) => moving.get(list))
        .find((found) => found && found.policy !== each.policy);
      const key = `${keyText(keyOf(each.policy))} ${each.at}`;
      if (!other || !operations.has(each.policy) || said.has(key)) return [];
      if (!mayOverlap(namesOf(each.targetCluster), namesOf(other.targetCluster))) return [];
      said.add(key);
      const message = `${each.path} counts in a list of ${keyText(keyOf(template))} that ${keyText(keyOf(other.policy))} changes too (${other.operator} ${other.path}): it may be another element by then`;
      return [{ object: each.policy, path: each.at, message }];
    });
  });
}

export const SHIFTED_INDEX: InputRule = {
  code: 'MC075',
  level: FindingLevel.WARNING,
  title: 'an index into a list that another override changes',
  why: 'Karmada applies the override policies of an object one after the other. Where one adds or removes an element, what another one names by its index is another element.',
  fix: 'put both changes into one policy, or append with /- instead of an index',
  see: 'pkg/util/overridemanager/overridemanager.go at v1.18.2',
  check,
};
