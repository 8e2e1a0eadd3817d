import { WAVE } from '../../../src/core/private/keys';
import type { HostedInstance } from './hosted-instance';

/** How a component is. */
export type ComponentState = 'ready' | 'degraded' | 'not ready' | 'missing';

/** One component of a control plane, as its host runs it. */
export interface ComponentStatus {
  readonly name: string;
  readonly kind: string;
  /** It is started in. */
  readonly wave: number;
  readonly ready: number;
  readonly desired: number;
  readonly state: ComponentState;
  /** Of its first container. */
  readonly image?: string;
  /** Of all its pods since they were made; undefined where pods cannot be read. */
  readonly restarts?: number;
  /** Why it is not ready, in the host's words. */
  readonly message?: string;
}

const COMPONENTS: readonly string[] = ['Deployment', 'StatefulSet'];

/** The components that the record lists, in the order in which they are started; without a list, those that are there. */
export function componentsOf(
  hosted: HostedInstance,
  workloads: readonly any[],
  pods?: readonly any[],
): ComponentStatus[] {
  const listed = hosted.members?.filter(({ kind, belonging }) => COMPONENTS.includes(kind) && !belonging);
  return (listed ?? labelled(hosted, workloads))
    .sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1))
    .map(({ kind, name, wave }) => {
      const live = workloads.find((each) => each.kind === kind && each.metadata.name === name);
      if (!live) return { name, kind, wave, ready: 0, desired: 1, state: 'missing' };
      const { replicas = 1, selector, template } = live.spec;
      const own = pods?.filter((pod) => isSelected(pod, selector?.matchLabels ?? {}));
      const ready: number = live.status?.readyReplicas ?? 0;
      const updated: number = live.status?.updatedReplicas ?? 0;
      const observed: number = live.status?.observedGeneration ?? 0;
      const isNew = observed >= (live.metadata.generation ?? 0) && updated >= replicas;
      const state = ready >= replicas && isNew ? 'ready' : ready > 0 ? 'degraded' : 'not ready';
      const image: string | undefined = template?.spec?.containers?.[0]?.image;
      const message = state === 'ready' ? undefined : waitingOf(own ?? []);
      return {
        name,
        kind,
        wave,
        ready,
        desired: replicas,
        state,
        ...(image ? { image } : {}),
        ...(own ? { restarts: restartsOf(own) } : {}),
        ...(message ? { message } : {}),
      };
    });
}

/** What another tool applied, such as Argo CD: it writes no list. */
function labelled({ instanceName }: HostedInstance, workloads: readonly any[]) {
  return workloads
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === instanceName)
    .map(({ kind, metadata }) => ({
      kind: kind as string,
      name: metadata.name as string,
      wave: Number(metadata.annotations?.[WAVE] ?? 0),
    }));
}

/** All components in a word: the worst of them, but that a control plane with some replicas of each still works. */
export function stateOf(components: readonly ComponentStatus[]): ComponentState | 'unknown' {
  if (!components.length) return 'unknown';
  const order: readonly ComponentState[] = ['missing', 'not ready', 'degraded', 'ready'];
  return order.find((state) => components.some((each) => each.state === state)) as ComponentState;
}

function isSelected({ metadata: { labels = {} } }: any, wanted: { readonly [label: string]: string }): boolean {
  const entries = Object.entries(wanted);
  return entries.length > 0 && entries.every(([label, value]) => labels[label] === value);
}

function statusesOf(pod: any): any[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

function restartsOf(pods: readonly any[]): number {
  return pods.flatMap(statusesOf).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

/** What a container of it waits for, or why a pod finds no node. */
function waitingOf(pods: readonly any[]): string | undefined {
  for (const pod of pods) {
    const waiting = statusesOf(pod).find(({ state }) => state?.waiting)?.state.waiting;
    if (waiting?.reason) return [waiting.reason, waiting.message].filter(Boolean).join(': ');
    const unscheduled = (pod.status?.conditions ?? []).find(
      ({ type, status }: any) => type === 'PodScheduled' && status === 'False',
    );
    if (unscheduled?.message) return unscheduled.message;
  }
  return pods.length ? undefined : 'it has no pods';
}
