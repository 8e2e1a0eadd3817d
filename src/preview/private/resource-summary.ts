import { type Nanos, quantity, units } from './quantity';

const FLEET = 'the fleet';

/** Capacity by summary: thousands of templates ask the same clusters. */
const FREE = new WeakMap<object, Map<string, Nanos>>();

/** Allocatable less allocated less allocating; undefined when the cluster does not have the resource at all. */
export function free(summary: any, resource: string): Nanos | undefined {
  let known = FREE.get(summary);
  if (known === undefined) {
    const of = (list: any, name: string) => quantity(list?.[name] ?? 0, FLEET);
    known = new Map(
      Object.entries(summary.allocatable ?? {}).map(([name, amount]) => [
        name,
        quantity(amount, FLEET) - of(summary.allocated, name) - of(summary.allocating, name),
      ]),
    );
    FREE.set(summary, known);
  }
  return known.get(resource);
}

/** How many pods a cluster can still take. */
export function allowedPods(summary: any): bigint {
  return units(free(summary, 'pods') ?? 0n);
}
