import { type Finding, FindingLevel } from '../../core/finding';
import { keyOf, keyText } from '../../core/object-key';
import type { Decision } from './decide';
import { type Nanos, quantity, quantityText } from './quantity';
import { type Component, requestOfSet } from './replica-need';

/** What a workload uses of a quota, and used before. */
interface Usage {
  readonly decision: Decision;
  readonly now: ReadonlyMap<string, Nanos>;
  readonly before: ReadonlyMap<string, Nanos>;
}

function times(request: Iterable<readonly [string, Nanos]>, replicas: number): ReadonlyMap<string, Nanos> {
  return new Map([...request].map(([name, amount]) => [name, amount * BigInt(replicas)]));
}

function amounts(requirements: any, at: string): [string, Nanos][] {
  return Object.entries(requirements?.resourceRequest ?? {}).map(([name, value]) => [name, quantity(value, at)]);
}

function heldComponents({ components }: any, at: string): Component[] {
  return components.map(({ name, replicas, replicaRequirements }: any) => ({
    ...{ name, replicas },
    request: new Map(amounts(replicaRequirements, at).map(([resource, nanos]) => [resource, { nanos, binary: false }])),
  }));
}

function usageOf(decision: Decision, existing: any): Usage {
  const totals = decision.placed.map(({ clusters }) => clusters.reduce((sum, each) => sum + each.replicas, 0));
  const held = existing?.spec;
  const clusters: readonly any[] = held?.clusters ?? [];
  const at = `the binding of ${keyText(decision.key)}`;
  const { components, request: ofReplica = [] } = decision.need;
  const sets = decision.placed.map(({ clusters: targets }) => targets.length);
  return {
    decision,
    now: components ? times(requestOfSet(components), Math.max(0, ...sets)) : times(ofReplica, Math.max(0, ...totals)),
    before: held?.components
      ? times(requestOfSet(heldComponents(held, at)), clusters.length)
      : times(
          amounts(held?.replicaRequirements, at),
          clusters.reduce((sum: number, each: any) => sum + (each.replicas ?? 0), 0),
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
      .map((decision) => usageOf(decision, bindings.get(decision.text)));
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
