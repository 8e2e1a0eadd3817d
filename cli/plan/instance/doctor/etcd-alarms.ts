import { type Check, type Observation, whenSeen } from './check';
import type { InstanceSnapshot, Said } from './instance-snapshot';
import { masked } from './masked';

/** etcd has raised no alarm. */
export const ETCD_ALARMS: Check<InstanceSnapshot> = {
  id: 'etcd-alarms',
  title: 'no member of etcd has raised an alarm',
  why: 'An etcd that is full (NOSPACE) takes no more writes, and one whose data is damaged (CORRUPT) should not. Its port for metrics tells; it is asked through the API server of the host, which a NetworkPolicy or a missing right to pods/proxy may keep from it.',
  fix: 'for NOSPACE: compact, defragment, disarm the alarm, and raise its flag quota-backend-bytes or move to a larger volume; for CORRUPT: replace the member',
  see: 'https://etcd.io/docs/v3.6/op-guide/maintenance/',
  look: ({ etcdHealth }) => {
    if (!etcdHealth.size)
      return [{ state: 'unknown', cause: 'there is no member that could be asked', fix: 'see check etcd-ready' }];
    return [...etcdHealth].flatMap(([pod, said]) =>
      whenSeen(said, (answer) => [judged(answer)]).map((each) => ({ about: `Pod/${pod}`, ...withWay(each, pod) })),
    );
  },
};

function judged({ status, text }: Said): Observation {
  if (status === 200 && /"health"\s*:\s*"true"/.test(text)) return { state: 'ok', cause: 'it has no alarm' };
  const alarm = /ALARM\s+\w+/.exec(text)?.[0];
  if (alarm) return { state: 'fails', cause: alarm };
  if (/"health"\s*:\s*"false"/.test(text)) return { state: 'fails', cause: `it is not well: ${masked(text)}` };
  return { state: 'unknown', cause: `its port 2381 is not reached from here: ${status} ${masked(text)}` };
}

function withWay(seen: Observation, pod: string): Observation {
  if (seen.state !== 'unknown') return seen;
  const fix = `ask it by hand: \`kubectl port-forward pod/${pod.split('/').pop()} 2381\`, then \`curl http://127.0.0.1:2381/health\``;
  return { ...seen, fix };
}
