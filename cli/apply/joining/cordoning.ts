import { PART_OF } from '../../plan/chart-input';
import { CommandError, ExitCode } from '../../plan/command-error';
import { cordonedTaints } from '../../plan/joining/cordon';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import { notAllowed } from '../day-two/target';
import { mergeInto } from '../write';
import { CLUSTER, clusterKey, listClusters } from './clusters';

/** Field manager of a cordon; the taints of a Cluster are one list, so it says only who wrote last. */
const CORDON_MANAGER = 'cdk8s-karmada-cordon';
/** Karmada writes to the same list. */
const TRIES = 5;

/** What became of one member. */
export interface Cordoned {
  readonly name: string;
  readonly cordoned: boolean;
  /** False when it was so already. */
  readonly changed: boolean;
  /** A chart owns the Cluster. */
  readonly inCode: boolean;
}

/** Keeps new workloads away from members, or lets them in again; throws before the first write when one is not there. */
export async function cordonMembers(
  karmada: ApiServer,
  names: readonly string[],
  wanted: boolean,
  patience: Patience,
): Promise<Cordoned[]> {
  const known = new Map((await listClusters(karmada, patience)).map((cluster) => [cluster.metadata.name, cluster]));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length) throw notThere(missing, [...known.keys()].sort());
  const done: Cordoned[] = [];
  for (const name of names) {
    const changed = await cordon(karmada, known.get(name), wanted, patience);
    const inCode = known.get(name).metadata.labels?.[PART_OF] !== undefined;
    done.push({ name, cordoned: wanted, changed, inCode });
  }
  return done;
}

async function cordon(karmada: ApiServer, cluster: any, wanted: boolean, patience: Patience): Promise<boolean> {
  const key = clusterKey(cluster.metadata.name);
  let live = cluster;
  for (let tries = 1; ; tries++) {
    const taints = cordonedTaints(live.spec?.taints ?? [], wanted);
    if (!taints) return false;
    const answer = await attempt(
      karmada,
      mergeInto(live, key, CLUSTER, { spec: { taints } }, CORDON_MANAGER),
      patience,
      key,
    );
    if (answer.status < 300) return true;
    if (answer.status !== 409 || tries >= TRIES) throw notAllowed(karmada, key, answer);
    // somebody else was quicker
    const again = (await listClusters(karmada, patience)).find(({ metadata }) => metadata.name === key.name);
    if (!again) throw notThere([key.name], []);
    live = again;
  }
}

export function notThere(names: readonly string[], known: readonly string[]): CommandError {
  return new CommandError(
    ExitCode.USAGE,
    names.map((name) => ({
      what: `there is no member cluster "${name}"`,
      fix: known.length ? `choose one of ${known.join(', ')}` : 'join one first',
    })),
  );
}
