import { groupOf } from '../../../src/core/object-key';
import { condition, words } from './condition';
import { contentDiffers } from './content';
import { generationIn, memberDown, type Propagated, type Until } from './propagation';
import { LONG_GRACE_MS } from './verdict';

/** How far a template is on one member. */
export interface ClusterProgress {
  readonly cluster: string;
  /** The step that is not done there, or `done`. */
  readonly state: 'scheduled' | 'rendering' | 'applying' | 'health' | 'done';
  /** Generation of the template that the member was given, where it is known. */
  readonly seen?: number;
  readonly applied?: boolean;
  readonly health?: 'Healthy' | 'Unhealthy' | 'Unknown';
  /** In words. */
  readonly detail: string;
  /** The member does not answer. */
  readonly down?: true;
  /** It has failed there, for good when it stays so for this long. */
  readonly failedGraceMs?: number;
}

/** Kinds whose health Karmada can tell without being taught. */
const HEALTH = new Set([
  ...['Deployment.apps', 'StatefulSet.apps', 'ReplicaSet.apps', 'DaemonSet.apps', 'Ingress.networking.k8s.io'],
  ...['Service.', 'PersistentVolumeClaim.', 'Pod.', 'PodDisruptionBudget.policy'],
]);
/** Karmada's words when something with the name is on the member already. */
const FOREIGN = /already exist/;
const OVERWRITE = 'work.karmada.io/conflict-resolution: overwrite';

export function memberProgress(cluster: string, seen: Propagated, until: Until): ClusterProgress {
  const { template, works, clusters, steady, fresh } = seen;
  const generation: number = template.metadata.generation ?? 0;
  const work = works.find(({ metadata }) => metadata.namespace === `karmada-es-${cluster}`);
  const item = (seen.binding?.status?.aggregatedStatus ?? []).find((each: any) => each.clusterName === cluster);
  const down = memberDown(clusters.get(cluster));
  const known = {
    cluster,
    ...(work && generationIn(work) > 0 ? { seen: generationIn(work) } : {}),
    ...(item ? { applied: item.applied === true, health: item.health ?? 'Unknown' } : {}),
    ...(down ? { down: true as const } : {}),
  };
  const open = (state: ClusterProgress['state'], detail: string, failedGraceMs?: number): ClusterProgress => {
    // what a member that does not answer has is what it had
    const had = known.seen === undefined ? '' : `, last given generation ${known.seen}`;
    const words = down ? `${down}${had}` : detail;
    return { ...known, state, detail: words, ...(failedGraceMs === undefined || down ? {} : { failedGraceMs }) };
  };
  if (!work) return open('rendering', 'Karmada has not rendered it yet');
  if (condition(work, 'Dispatching')?.status === 'False' || work.spec?.suspendDispatching)
    return { ...known, state: 'done', detail: 'dispatching is suspended' };
  const stale = unrendered(work, seen, generation);
  if (stale) return open('rendering', stale);
  const applied = condition(work, 'Applied');
  if (!applied) return open('applying', 'it is not applied yet');
  if (applied.status !== 'True') return open('applying', notApplied(applied, cluster), LONG_GRACE_MS);
  if (down) return open('applying', '');
  const echoed = Number(item?.status?.resourceTemplateGeneration ?? 0);
  if (fresh && !(generation > 0 && echoed >= generation) && !steady(work))
    return open('applying', 'it is not applied yet');
  return until === 'applied' ? { ...known, state: 'done', detail: '' } : health(item, seen, open, known);
}

function unrendered(work: any, { template, manifest }: Propagated, generation: number): string | undefined {
  const rendered = generationIn(work);
  // kinds without generations, and releases that do not write it, are known by what they hold
  if (generation > 0 && rendered > 0)
    return rendered < generation ? `Karmada has rendered generation ${rendered} of ${generation}` : undefined;
  return contentDiffers(manifest ?? template, work) ? 'Karmada has rendered an earlier state of it' : undefined;
}

function notApplied(applied: any, cluster: string): string {
  const why = words(applied);
  if (!FOREIGN.test(why)) return `it cannot be applied: ${why}`;
  return `something that Karmada did not make has its name on ${cluster}; set conflictResolution: Overwrite in its policy, or annotate it with ${OVERWRITE}, to take it over (${why})`;
}

function health(
  item: any,
  { template }: Propagated,
  open: (state: 'health', detail: string) => ClusterProgress,
  known: Omit<ClusterProgress, 'state' | 'detail'>,
): ClusterProgress {
  const done: ClusterProgress = { ...known, state: 'done', detail: figures(item?.status) };
  const canTell = HEALTH.has(`${template.kind}.${groupOf(template.apiVersion ?? '')}`);
  if (!item) return canTell ? open('health', 'it has not reported yet') : done;
  const generation: number = template.metadata.generation ?? 0;
  const echoed = item.status?.resourceTemplateGeneration;
  if (echoed !== undefined && Number(echoed) < generation) return open('health', `it reports on generation ${echoed}`);
  if (item.health === 'Healthy') return done;
  if (item.health === 'Unhealthy') return open('health', ['unhealthy', figures(item.status)].filter(Boolean).join(' '));
  return canTell ? open('health', 'its health is not known yet') : done;
}

/** Counters of a workload on a member. */
function figures(status: any): string {
  const { readyReplicas, replicas, numberReady, desiredNumberScheduled } = status ?? {};
  if (replicas !== undefined) return `${readyReplicas ?? 0}/${replicas}`;
  return desiredNumberScheduled === undefined ? '' : `${numberReady ?? 0}/${desiredNumberScheduled}`;
}
