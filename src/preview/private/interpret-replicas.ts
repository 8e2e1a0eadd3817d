import { keyOf, keyText } from '../../core/object-key';
import { type Nanos, quantity } from './quantity';
import { Unsupported } from './unsupported';

/** What Karmada's scheduler knows of a workload. */
export interface ReplicaNeed {
  /** Replicas that the template asks for; 0 when its kind has none. */
  readonly replicas: number;
  /** What one replica asks for; undefined when it asks for nothing at all, which the scheduler treats differently. */
  readonly request?: ReadonlyMap<string, Nanos>;
}

/**
 * How many replicas a template asks for, and what one of them needs, for the kinds that Karmada itself understands.
 *
 * Mirrors `pkg/resourceinterpreter/default/native/replica.go`, `pkg/util/helper/binding.go` and `pkg/util/resource.go` of
 * Karmada v1.18.2.
 */
export function interpretReplicas(template: any): ReplicaNeed {
  const spec = template.spec ?? {};
  const at = `resources of ${keyText(keyOf(template))}`;
  switch (`${template.apiVersion} ${template.kind}`) {
    case 'apps/v1 Deployment':
    case 'apps/v1 StatefulSet':
    case 'apps/v1 ReplicaSet':
      return { replicas: spec.replicas ?? 0, request: request(spec.template?.spec, at) };
    case 'batch/v1 Job': {
      const parallelism = spec.parallelism ?? 0;
      return {
        replicas: Math.min(parallelism, spec.completions ?? parallelism),
        request: request(spec.template?.spec, at),
      };
    }
    case 'v1 Pod':
      return { replicas: 1, request: request(spec, at) };
    default:
      return { replicas: 0 };
  }
}

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

function request(pod: any, at: string): ReadonlyMap<string, Nanos> | undefined {
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

/** Kinds that Karmada understands through Lua that it ships: their replicas are not known here. */
const THIRD_PARTY = [
  'apps.kruise.io',
  'argoproj.io',
  'batch.volcano.sh',
  'flink.apache.org',
  'kubeflow.org',
  'ray.io',
  'sparkoperator.k8s.io',
];

/** Refuses the kinds whose replicas somebody else's code interprets. */
export function refuseForeign(template: any, customized: ReadonlySet<string>): void {
  const group = template.apiVersion.split('/')[0];
  if (customized.has(`${template.apiVersion} ${template.kind}`)) {
    throw new Unsupported('resource interpreter: a ResourceInterpreterCustomization, or a webhook, reads this kind');
  }
  if (THIRD_PARTY.includes(group)) {
    throw new Unsupported(`resource interpreter: the Lua that Karmada ships for ${group}`);
  }
}
