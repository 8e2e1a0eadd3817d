import { groupOf } from '../core/object-key';

/** API groups whose objects steer Karmada and are never sent to members. */
const CONTROL_GROUPS = new Set([
  'apps.karmada.io',
  'autoscaling.karmada.io',
  'cluster.karmada.io',
  'config.karmada.io',
  'networking.karmada.io',
  'policy.karmada.io',
  'remedy.karmada.io',
  'search.karmada.io',
  'work.karmada.io',
]);

export const PROPAGATION = ['policy.karmada.io/PropagationPolicy', 'policy.karmada.io/ClusterPropagationPolicy'];
export const OVERRIDE = ['policy.karmada.io/OverridePolicy', 'policy.karmada.io/ClusterOverridePolicy'];

/** An object's kind with its API group, `group/Kind`; `Kind` alone in the core group. */
export function kindOf({ apiVersion, kind }: any): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${group}/${kind}`;
}

/** Whether an object steers Karmada, and so is no resource template. */
export function steersKarmada(object: any): boolean {
  return CONTROL_GROUPS.has(groupOf(object.apiVersion));
}
