import type { Nanos } from '../../../../src/preview/private/quantity';
import { read, requestsOf } from './wanted-pods';

/** A node with what is free on it. */
export interface FreeNode {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly taints: readonly any[];
  cpu: Nanos;
  memory: Nanos;
  pods: bigint;
}

/** Is the node's condition Ready true? */
export function isReady({ status }: any): boolean {
  return status?.conditions?.some((each: any) => each.type === 'Ready' && each.status === 'True') ?? false;
}

/** The nodes that take pods, with what their pods leave free. */
export function freeNodes(nodes: readonly any[], pods: readonly any[]): FreeNode[] {
  const usable = nodes.filter((node) => isReady(node) && !node.spec?.unschedulable);
  const free = usable.map(({ metadata, spec, status }) => ({
    name: metadata.name,
    labels: metadata.labels ?? {},
    taints: (spec?.taints ?? []).filter(({ effect }: any) => effect !== 'PreferNoSchedule'),
    cpu: read(status?.allocatable?.cpu),
    memory: read(status?.allocatable?.memory),
    pods: BigInt(status?.allocatable?.pods ?? 110),
  }));
  const byName = new Map(free.map((node) => [node.name, node]));
  for (const { spec, status } of pods) {
    const node = byName.get(spec?.nodeName);
    if (!node || status?.phase === 'Succeeded' || status?.phase === 'Failed') continue;
    const { cpu, memory } = requestsOf(spec);
    node.cpu -= cpu;
    node.memory -= memory;
    node.pods -= 1n;
  }
  return free;
}

/** May a pod be on a node, as far as its selector and the node's taints go? */
export function admits({ labels, taints }: FreeNode, { nodeSelector = {}, tolerations = [] }: any): boolean {
  const selected = Object.entries(nodeSelector).every(([key, value]) => labels[key] === value);
  return selected && taints.every((taint) => tolerations.some((each: any) => tolerates(each, taint)));
}

function tolerates({ key, operator = 'Equal', value = '', effect }: any, taint: any): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key !== undefined && key !== '' && key !== taint.key) return false;
  return operator === 'Exists' || value === (taint.value ?? '');
}

/** Do pods with these labels refuse to share a node with each other? */
export function standsAlone(spec: any, labels: { readonly [key: string]: string }): boolean {
  const required = spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return required.some(
    ({ topologyKey, labelSelector }: any) =>
      topologyKey === 'kubernetes.io/hostname' &&
      Object.entries(labelSelector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value),
  );
}
