import { deployment } from '../../readiness/workloads';
import { type Check, type Observation, seenOr, whenSeen } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { newestEvents } from './newest-events';

/** Every instance has these; the others are add-ons. */
const ALWAYS = [
  'karmada-apiserver',
  'karmada-aggregated-apiserver',
  'karmada-kube-controller-manager',
  'karmada-controller-manager',
  'karmada-scheduler',
  'karmada-webhook',
];

/** Every component runs. */
export const COMPONENTS_READY: Check<InstanceSnapshot> = {
  id: 'components-ready',
  title: 'every component of the control plane is rolled out and ready',
  why: 'Each component is a Deployment in the namespace of the instance. What does not get ready is most often a start-up command that does not suit the host, an image that cannot be had, or a component before it in the waves.',
  fix: 'see why its pods do not run (check pods); change its start-up command with `components.<name>.extraArgs` in the code, and apply',
  see: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
  look: (snapshot) =>
    whenSeen(snapshot.deployments, (all) => {
      const own = all.filter(({ metadata }) => isOwn(metadata, snapshot.name));
      const names = own.map(({ metadata }) => metadata.name);
      const about = (name: string) => `Deployment/${snapshot.namespace}/${name}`;
      const missing = ALWAYS.filter((name) => !names.includes(name));
      return [
        ...missing.map((name): Observation => {
          return { state: 'fails', about: about(name), cause: 'it is not there', fix: 'apply the instance again' };
        }),
        ...own.map((each) => ({ about: about(each.metadata.name), ...judged(each, snapshot) })),
      ];
    }),
};

function isOwn({ name, labels }: any, instance: string): boolean {
  return labels?.['app.kubernetes.io/instance'] === instance || ALWAYS.includes(name);
}

function judged(live: any, { nowMs, events }: InstanceSnapshot): Observation {
  const readiness = deployment(live, { nowMs });
  const wanted: number = live.spec?.replicas ?? 1;
  if (wanted === 0) {
    return { state: 'fails', cause: 'it is scaled to 0', fix: 'apply the instance again, which restores its replicas' };
  }
  if (readiness.state === 'current') return { state: 'ok', cause: `${wanted} of ${wanted} replicas are ready` };
  const { name } = live.metadata;
  const seen = seenOr(events, []);
  const told =
    newestEvents(seen, 'ReplicaSet', (each) => each.startsWith(`${name}-`)) ||
    newestEvents(seen, 'Pod', (each) => each.startsWith(`${name}-`) && !each.startsWith(`${name}-estimator-`));
  return { state: 'fails', cause: `${readiness.message}${told}` };
}
