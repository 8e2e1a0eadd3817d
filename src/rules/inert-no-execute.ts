import { FindingLevel } from '../core/finding';
import { kindOf, PROPAGATION } from './kinds';
import { entries } from './read';
import type { Doubt, ObjectRule, Surroundings } from './rule';

const COMPONENT = 'controller-manager';
const TAINT_POLICY = 'policy.karmada.io/ClusterTaintPolicy';
const FLAG = 'enable-no-execute-taint-eviction';

function look(object: any, { assumptions }: Surroundings): Doubt[] {
  const missing = [
    ...(assumptions.gate(COMPONENT, 'Failover') ? [] : ['--feature-gates=Failover=true']),
    ...(assumptions.enabled(COMPONENT, FLAG) ? [] : [`--${FLAG}=true`]),
  ];
  // without the gate a ClusterTaintPolicy has no effect at all, which is another finding
  const isIdle = kindOf(object) === TAINT_POLICY && !assumptions.gate(COMPONENT, 'Failover');
  if (missing.length === 0 || isIdle) return [];
  const words = missing.join(' and ');
  const fix = `start karmada-${COMPONENT} with ${words}, and say so with --assume`;
  if (PROPAGATION.includes(kindOf(object))) {
    if (!object.spec?.failover?.cluster) return [];
    const message = `nothing is evicted from a cluster that fails: karmada-${COMPONENT} runs without ${words}`;
    return [{ object, path: 'spec.failover.cluster', message, fix }];
  }
  return entries(object.spec?.taints)
    .filter(({ item }) => item.effect === 'NoExecute')
    .map(({ item, index }) => ({
      object,
      path: `spec.taints[${index}].effect`,
      message: `the taint "${item.key}" keeps new workloads away and evicts none: karmada-${COMPONENT} runs without ${words}`,
      fix,
    }));
}

export const INERT_NO_EXECUTE: ObjectRule = {
  code: 'MC120',
  level: FindingLevel.WARNING,
  title: 'eviction that is turned off',
  why: 'Karmada evicts from a cluster because of a NoExecute taint only with the feature gate Failover and the flag --enable-no-execute-taint-eviction, both off by default. Without them the taint works as NoSchedule does, and failover between clusters never begins.',
  fix: 'turn both on in karmada-controller-manager, and say so with --assume',
  see: 'https://karmada.io/docs/userguide/failover/cluster-taint-management and cmd/controller-manager/app/controllermanager.go at v1.18.2',
  kinds: ['cluster.karmada.io/Cluster', TAINT_POLICY, ...PROPAGATION],
  look,
};
