import type { ApplyEvent, ApplySummary } from '../../../cli/plan/progress';
import type { LocalControlPlane } from './control-plane';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** When etcd was whole and the API server ready, from the start of the first process. */
export function startTimes({ node }: LocalControlPlane): string {
  const since = (pod: string) => (node.readyAt.get(pod) ?? Number.NaN) - (node.firstStart ?? Number.NaN);
  const members = [...node.pods.keys()].filter((name) => /^etcd-\d$/.test(name));
  const etcd = Math.max(...members.map(since));
  const ready = seconds(since('karmada-apiserver-pod-0'));
  return `${members.length} member(s) of etcd: ready after ${seconds(etcd)}, /readyz of karmada-apiserver after ${ready}`;
}

/** When the waves of an apply began. */
export function applyTimes(events: readonly ApplyEvent[], { elapsedMs }: ApplySummary): string {
  const waves = events.flatMap((event) => (event.type === 'wave' ? [`${event.wave} ${seconds(event.atMs)}`] : []));
  return `apply: ${seconds(elapsedMs)}; its waves began at ${waves.join(', ')}`;
}
