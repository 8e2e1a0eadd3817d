import { byName } from '../../core/private/by-name';
import { troubles } from '../../core/private/trouble';
import type { FailoverTimeline } from '../failover-timeline';
import { type Decision, decide, type World } from './decide';
import { failover } from './failover';
import type { FailoverFlags } from './failover-flags';
import { evictedBinding, heldBinding } from './held-binding';
import { resourceText } from './uids';

/** What time lines are made from, besides the decision that they are about. */
export interface Scene {
  readonly decisions: readonly Decision[];
  readonly world: World;
  readonly flags: () => FailoverFlags;
  /** ClusterTaintPolicies of the input, and of other people. */
  readonly taintPolicies: readonly any[];
}

/**
 * One time line for each cluster that a resource is on.
 *
 * @throws if no policy places it, or a flag is none
 */
export function timelines(decision: Decision, scene: Scene): FailoverTimeline[] {
  const { decisions, world, taintPolicies } = scene;
  refuse(decision);
  const flags = scene.flags();
  const isNear = (each: Decision) => Boolean(each.key.namespace) === Boolean(decision.key.namespace);
  const isOn = (each: Decision, cluster: string) => each.placed[0]?.clusters.some(({ name }) => name === cluster);
  return world.clusters
    .filter(({ name }) => isOn(decision, name))
    .sort((a, b) => byName(a.name, b.name))
    .map((cluster) =>
      failover({
        ...{ decision, cluster, flags, taintPolicies },
        neighbours: decisions.filter((each) => isNear(each) && isOn(each, cluster.name)).length,
        evicted: (taints) => {
          const clusters = world.clusters.map((each) => (each === cluster ? { ...each, taints: [...taints] } : each));
          return decide([decision.template], {
            ...world,
            clusters,
            bindings: evicting(decision, cluster.name, world),
          })[0];
        },
      }),
    );
}

function refuse(decision: Decision): void {
  const { key, policy, placed, unsupported, parents } = decision;
  const isPlaced = placed.some(({ clusters }) => clusters.length > 0);
  if (policy && !unsupported && isPlaced) return;
  const why = policy ? 'it is on no cluster' : 'no policy places it';
  const what = `${resourceText(key)} has no time line: ${unsupported ?? why}`;
  const follows = parents.map((parent) => resourceText(parent.key)).join(' or ');
  const fix = follows ? `ask for what it follows: ${follows}` : 'ask for a resource that is placed';
  throw troubles([{ what, at: 'failover', fix }]);
}

/** Bindings as Karmada holds them once this resource is being evicted from a cluster. */
function evicting(decision: Decision, cluster: string, { bindings }: World): ReadonlyMap<string, any> {
  const text = resourceText(decision.key);
  return new Map([...bindings, [text, evictedBinding(heldBinding(decision, 0, bindings.get(text)), cluster)]]);
}
