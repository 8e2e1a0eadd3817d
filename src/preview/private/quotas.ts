import { type Finding, FindingLevel } from '../../core/finding';
import { keyOf, keyText } from '../../core/object-key';
import type { Decision } from './decide';
import { type Nanos, quantity, quantityText } from './quantity';
import { resourceText } from './uids';

/** What a workload uses of a quota, and used before. */
interface Usage {
  readonly decision: Decision;
  readonly now: ReadonlyMap<string, Nanos>;
  readonly before: ReadonlyMap<string, Nanos>;
}

function times(request: Iterable<readonly [string, Nanos]>, replicas: number): ReadonlyMap<string, Nanos> {
  return new Map([...request].map(([name, amount]) => [name, amount * BigInt(replicas)]));
}

function usageOf(decision: Decision, existing: any): Usage {
  const totals = decision.placed.map(({ clusters }) => clusters.reduce((sum, each) => sum + each.replicas, 0));
  const { clusters = [], replicaRequirements } = existing?.spec ?? {};
  const held = clusters.reduce((sum: number, each: any) => sum + (each.replicas ?? 0), 0);
  const at = `the binding of ${keyText(decision.key)}`;
  const request = Object.entries(replicaRequirements?.resourceRequest ?? {});
  return {
    decision,
    now: times(decision.need.request ?? [], Math.max(0, ...totals)),
    before: times(
      request.map(([name, amount]) => [name, quantity(amount, at)] as const),
      held,
    ),
  };
}

/**
 * FederatedResourceQuotas that do not allow what is placed, where Karmada enforces them: MC022. Which of several workloads is
 * refused depends on which comes last, so it is said of each that wants more than before.
 *
 * Mirrors `pkg/webhook/resourcebinding/validating.go` of Karmada v1.18.2.
 */
export function exceededQuotas(
  quotas: readonly any[],
  decisions: readonly Decision[],
  bindings: ReadonlyMap<string, any>,
): Finding[] {
  return quotas.flatMap((quota) => {
    const namespace = quota.metadata.namespace ?? '';
    const usages = decisions
      .filter(({ key, policy }) => policy && key.namespace === namespace)
      .map((decision) => usageOf(decision, bindings.get(resourceText(decision.key))));
    return Object.entries(quota.spec?.overall ?? {}).flatMap(([name, most]) => exceeded(quota, name, most, usages));
  });
}

function exceeded(quota: any, name: string, most: unknown, usages: readonly Usage[]): Finding[] {
  const at = keyText(keyOf(quota));
  const allowed = quantity(most, at);
  const used = quantity(quota.status?.overallUsed?.[name] ?? 0, at);
  const more = ({ now, before }: Usage) => (now.get(name) ?? 0n) - (before.get(name) ?? 0n);
  const sum = usages.reduce((total, usage) => total + more(usage), used);
  if (sum <= allowed) return [];
  return usages
    .filter((usage) => more(usage) > 0n)
    .map((usage) => ({
      code: 'MC022',
      level: FindingLevel.WARNING,
      path: `spec.overall[${JSON.stringify(name)}]`,
      message: `${keyText(usage.decision.key)} may be refused by ${at}: it asks for ${quantityText(more(usage))} more of ${name}; with everything else that is ${quantityText(sum)}, and ${quantityText(allowed)} is allowed`,
      fix: 'ask for less, or have the quota raised',
    }));
}
