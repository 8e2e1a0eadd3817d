import { type Nanos, quantity } from './quantity';

function addAll(into: Map<string, Nanos>, resources: ReadonlyMap<string, Nanos>): void {
  for (const [name, amount] of resources) into.set(name, (into.get(name) ?? 0n) + amount);
}

function read(list: any, at: string): Map<string, Nanos> {
  return new Map(Object.entries(list ?? {}).map(([name, amount]) => [name, quantity(amount, at)]));
}

/** A container's requests; one that is missing is taken from the limit of the same name. */
function containerRequest(container: any, at: string): Map<string, Nanos> {
  return new Map([...read(container.resources?.limits, at), ...read(container.resources?.requests, at)]);
}

function asksForNodes(pod: any): boolean {
  return (
    Object.keys(pod.nodeSelector ?? {}).length > 0 ||
    pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined ||
    (pod.tolerations ?? []).length > 0
  );
}

/**
 * What one replica asks for; undefined when its pod asks for nothing at all.
 *
 * Mirrors `pkg/util/helper/binding.go` and `pkg/util/resource.go` of Karmada v1.18.2.
 */
export function podRequest(pod: any, at: string): ReadonlyMap<string, Nanos> | undefined {
  if (!pod) return undefined;
  const total = new Map<string, Nanos>();
  for (const container of pod.containers ?? []) addAll(total, containerRequest(container, at));
  for (const container of pod.initContainers ?? []) {
    for (const [name, amount] of containerRequest(container, at)) {
      if (amount > (total.get(name) ?? 0n)) total.set(name, amount);
    }
  }
  addAll(total, read(pod.overhead, at));
  return total.size > 0 || asksForNodes(pod) ? total : undefined;
}
