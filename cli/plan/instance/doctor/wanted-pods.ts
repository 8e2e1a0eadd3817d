import { type Nanos, quantity } from '../../../../src/preview/private/quantity';

/** Pods of one workload, which are all alike. */
export interface WantedPods {
  /** Such as `StatefulSet/etcd`. */
  readonly workload: string;
  readonly replicas: number;
  readonly spec: any;
  readonly labels: { readonly [key: string]: string };
  readonly requests: Requests;
  readonly claims: readonly any[];
}

/** What a pod asks a node for. */
export interface Requests {
  readonly cpu: Nanos;
  readonly memory: Nanos;
}

/** The pods that the workloads among these manifests make; of a schedule, those of one run. */
export function wantedPods(objects: readonly any[]): WantedPods[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template = kind === 'CronJob' ? spec?.jobTemplate?.spec?.template : spec?.template;
    if (!template?.spec || !['Deployment', 'StatefulSet', 'CronJob', 'Job', 'DaemonSet'].includes(kind)) return [];
    const replicas: number = kind === 'Deployment' || kind === 'StatefulSet' ? (spec.replicas ?? 1) : 1;
    return {
      workload: `${kind}/${metadata.name}`,
      replicas,
      spec: template.spec,
      labels: template.metadata?.labels ?? {},
      requests: requestsOf(template.spec),
      claims: spec.volumeClaimTemplates ?? [],
    };
  });
}

/**
 * What the scheduler counts for a pod: its containers together, or the largest of its init containers beside those that
 * stay (pkg/api/v1/resource of Kubernetes v1.35).
 */
export function requestsOf({ containers = [], initContainers = [], overhead = {} }: any): Requests {
  const amount = (name: 'cpu' | 'memory') => {
    const of = (container: any) => read(container?.resources?.requests?.[name]);
    let staying = 0n;
    let largest = 0n;
    for (const each of initContainers) {
      if (each.restartPolicy === 'Always') staying += of(each);
      const now = staying + (each.restartPolicy === 'Always' ? 0n : of(each));
      if (now > largest) largest = now;
    }
    const running = containers.reduce((sum: Nanos, each: any) => sum + of(each), staying);
    return (running > largest ? running : largest) + read(overhead[name]);
  };
  return { cpu: amount('cpu'), memory: amount('memory') };
}

/** A quantity; 0 where there is none. */
export function read(value: unknown): Nanos {
  return value === undefined ? 0n : quantity(value, 'a quantity on the host');
}

const GIBI = 1024n ** 3n * 1_000_000_000n;

/** CPUs, to a hundredth. */
export function cpuText(amount: Nanos): string {
  return `${Number(amount / 10_000_000n) / 100} CPU`;
}

/** Memory or storage, to a hundredth of a GiB. */
export function bytesText(amount: Nanos): string {
  return `${Number((amount * 100n) / GIBI) / 100} GiB`;
}
