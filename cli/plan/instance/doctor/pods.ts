import { condition, words } from '../../readiness/condition';
import { stuckContainer } from '../../readiness/pods';
import { type Check, type Observation, whenSeen } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { masked } from './masked';

/** A pod that ends so often needs somebody to look. */
const MANY_RESTARTS = 5;

const FIXES: readonly (readonly [reason: RegExp, fix: string])[] = [
  [
    /Image/,
    'see that the host can reach the registry and that the tag is there; use `privateRegistry` and `imagePullSecrets` for one of your own',
  ],
  [/OOMKilled/, 'give the component more memory: `components.<name>.resources`, or `etcd` for its members'],
  [
    /CrashLoopBackOff/,
    'read `kubectl logs --previous`, and change the start-up command with `components.<name>.extraArgs`',
  ],
  [/CreateContainerConfigError/, 'see which Secret or ConfigMap is missing; `apply` and `instance issue` make them'],
  [/no node can take it/, 'run `instance doctor --host`, which compares what is requested with what is free'],
];

/** No pod is stuck. */
export const PODS: Check<InstanceSnapshot> = {
  id: 'pods',
  title: 'no pod of the instance is stuck or restarts again and again',
  why: 'The state of a container says why a component is not ready: an image that cannot be had, a program that ends, a Secret that is missing, a node that has no room. Last words of programs are shown without what may be secret.',
  fix: 'look at it with `kubectl describe pod`',
  see: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  look: ({ pods, namespace }) =>
    whenSeen(pods, (all) => {
      const found = all.flatMap((pod) =>
        ills(pod).map((each) => ({ about: `Pod/${namespace}/${pod.metadata.name}`, ...each })),
      );
      if (found.length) return found;
      return [
        all.length
          ? { state: 'ok', cause: `none of ${all.length} pods is stuck` }
          : {
              state: 'fails',
              cause: 'there is no pod at all',
              fix: 'see why with `kubectl get events`, and whether the host has a controller manager',
            },
      ];
    }),
};

function ills(pod: any): Observation[] {
  const { phase, containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  if (phase === 'Succeeded') return [];
  const stuck = stuckContainer(pod);
  if (stuck) return [told('fails', `${masked(stuck)}${lastWords(pod)}`)];
  if (phase === 'Failed') return [told('fails', `it failed: ${masked(words(pod.status))}`)];
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled?.status === 'False') return [told('fails', `no node can take it: ${masked(words(scheduled))}`)];
  const restarted = [...initContainerStatuses, ...containerStatuses].filter(
    ({ restartCount = 0, lastState }: any) =>
      restartCount >= MANY_RESTARTS || lastState?.terminated?.reason === 'OOMKilled',
  );
  return restarted.map(({ name, restartCount }: any) =>
    told(
      'warning',
      `container ${name} has restarted ${restartCount} ${restartCount === 1 ? 'time' : 'times'}${lastWords(pod)}`,
    ),
  );
}

/** How containers that do not run ended the last time. */
function lastWords({ status }: any): string {
  const ended = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(
    ({ lastState, state }: any) => lastState?.terminated ?? state?.terminated ?? [],
  );
  return ended
    .map(({ reason, exitCode, message }: any) => {
      const said = message ? `: ${masked(message)}` : '';
      return `; it ended last with ${reason ?? 'no reason'}, code ${exitCode}${said}`;
    })
    .slice(0, 1)
    .join('');
}

function told(state: Observation['state'], cause: string): Observation {
  const fix = FIXES.find(([reason]) => reason.test(cause))?.[1];
  return { state, cause, fix };
}
