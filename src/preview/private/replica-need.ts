import type { Amount, Nanos } from './quantity';

/** What Karmada's scheduler knows of a workload. */
export interface ReplicaNeed {
  /** Replicas that the template asks for; 0 when its kind has none, and where there are components. */
  readonly replicas: number;
  /** What one replica asks for; undefined when it asks for nothing at all, which the scheduler treats differently. */
  readonly request?: ReadonlyMap<string, Nanos>;
  /** What a kind of several pod templates consists of; only with the feature gate MultiplePodTemplatesScheduling. */
  readonly components?: readonly Component[];
}

const TEXTS = new WeakMap<ReadonlyMap<string, Nanos>, string>();

/** What is asked for as a text, by which alike requests are found: made once, because big integers are slow to write. */
export function requestText(request: ReadonlyMap<string, Nanos>): string {
  const known = TEXTS.get(request);
  if (known !== undefined) return known;
  let text = '';
  for (const [name, amount] of request) text += `${name},${amount},`;
  TEXTS.set(request, text);
  return text;
}

/** What one whole set of components asks for, each amount counted so. */
export function requestOfSet(
  components: readonly Component[],
  counted: (amount: Amount) => bigint = ({ nanos }) => nanos,
): ReadonlyMap<string, bigint> {
  const total = new Map<string, bigint>();
  for (const { replicas, request } of components) {
    for (const [name, each] of request) total.set(name, (total.get(name) ?? 0n) + counted(each) * BigInt(replicas));
  }
  return total;
}

/** The pods that one pod template of several asks for. */
export interface Component {
  readonly name: string;
  readonly replicas: number;
  /** What one of its pods asks for. */
  readonly request: ReadonlyMap<string, Amount>;
}
