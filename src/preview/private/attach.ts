import type { Reference } from '../../core/private/references';
import type { Decision, World } from './decide';
import { bindingName } from './names';
import { resourceText } from './uids';

/**
 * What a placed workload refers to follows it. Dependencies of dependencies are not followed.
 *
 * Mirrors `pkg/dependenciesdistributor/dependencies_distributor.go` of Karmada v1.18.2.
 */
export function attach(decisions: readonly Decision[], world: World): void {
  const referring = decisions.filter(({ refersTo, key }) => refersTo.length > 0 && key.namespace !== '');
  if (referring.length === 0) return;
  const named = new Map(decisions.map((decision) => [decision.text, decision]));
  for (const parent of referring) {
    if (world.customized.has(`${parent.key.apiVersion} ${parent.key.kind}`)) continue;
    const distributing = parent.unsupported || distributes(parent, world);
    for (const reference of parent.refersTo) {
      for (const decision of found(reference, parent.key.namespace, named, decisions)) {
        if (!distributing && !isAttached(decision, parent, world)) continue;
        if (!decision.parents.includes(parent)) decision.parents.push(parent);
      }
    }
  }
}

/** A binding that has never had a cluster is looked at only once something in it changes. */
function distributes(parent: Decision, world: World): boolean {
  const before = world.bindings.get(parent.text)?.spec;
  const changed = before && ((before.replicas ?? 0) !== parent.need.replicas || (before.clusters ?? []).length > 0);
  return Boolean(changed) || parent.placed.some((each) => each.clusters.length > 0);
}

/** A binding that follows its parent already goes on doing so, also to nowhere. */
function isAttached({ text }: Decision, parent: Decision, world: World): boolean {
  const name = bindingName(parent.key.kind, parent.key.name);
  const followed: readonly any[] = world.bindings.get(text)?.spec?.requiredBy ?? [];
  return followed.some((each) => each.name === name && each.namespace === parent.key.namespace);
}

function found(
  { apiVersion, kind, name, label }: Reference,
  namespace: string,
  named: ReadonlyMap<string, Decision>,
  all: readonly Decision[],
): Decision[] {
  if (name !== undefined) {
    const decision = named.get(resourceText({ apiVersion, kind, namespace, name }));
    return decision?.key.apiVersion === apiVersion ? [decision] : [];
  }
  return all.filter(
    ({ key, template }) =>
      key.apiVersion === apiVersion &&
      key.kind === kind &&
      key.namespace === namespace &&
      label !== undefined &&
      template.metadata.labels?.[label.key] === label.value,
  );
}
