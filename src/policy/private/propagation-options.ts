import type { PropagationOptions } from '../propagation-options';

/** Each option by name: one that is missing here does not compile. */
const NAMES: { readonly [option in keyof Required<PropagationOptions>]: true } = {
  activationPreference: true,
  autoPropagate: true,
  conflictResolution: true,
  dependentOverrides: true,
  failover: true,
  placement: true,
  preemption: true,
  preserveResourcesOnDeletion: true,
  priority: true,
  schedulePriority: true,
  schedulerName: true,
  suspension: true,
};

/** Of the props of something that makes its own policy, those that are the policy's. */
export function propagationOptions(props: PropagationOptions): PropagationOptions {
  const names = Object.keys(NAMES) as (keyof PropagationOptions)[];
  return Object.fromEntries(names.filter((name) => props[name] !== undefined).map((name) => [name, props[name]]));
}
