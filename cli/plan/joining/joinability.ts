import type { Trouble } from '../../../src/core/private/trouble';
import { PART_OF } from '../chart-input';
import { accountOf, estimatorOf, IMPERSONATOR } from './names';

export type Mode = 'Push' | 'Pull';

/** A member that is to join, with what both servers say now. */
export interface Joining {
  readonly name: string;
  readonly mode: Mode;
  /** UID of its kube-system, which no other cluster has. */
  readonly id: string;
  /** UID of Karmada's own kube-system; undefined where it may not be read. */
  readonly karmadaId?: string;
  /** All members of this Karmada. */
  readonly clusters: readonly any[];
  /** The Cluster in the code. */
  readonly code?: any;
  /** Options about where it is that were given. */
  readonly placeOptions: readonly string[];
}

/** Mode of a member: what a person says, else the code, else what is there, else push. */
export function modeOf(said: Mode | undefined, code: any, live: any): Mode {
  return said ?? code?.spec?.syncMode ?? live?.spec?.syncMode ?? 'Push';
}

/** Why it cannot join; upstream refuses a cluster that is there, this takes it up where it was left. */
export function joinTroubles({ name, mode, id, karmadaId, clusters, code, placeOptions }: Joining): Trouble[] {
  const found: Trouble[] = [];
  const live = clusters.find(({ metadata }) => metadata.name === name);
  const same = clusters.find(({ metadata, spec }) => metadata.name !== name && spec?.id === id);
  if (id === karmadaId) {
    found.push({
      what: `this is the API server of Karmada itself, which runs nothing`,
      at: 'the context of the member',
      fix: 'give the context of the cluster that is to be a member with --member-context',
    });
  }
  if (same) {
    found.push({
      what: `this cluster is a member already, as ${same.metadata.name}`,
      at: `karmada: Cluster/${same.metadata.name}, id ${id}`,
      fix: `use that name, or take it out first: \`cdk8s-karmada member unjoin ${same.metadata.name}\``,
    });
  }
  if (live?.metadata.deletionTimestamp !== undefined) {
    found.push({
      what: `${name} is leaving: its Cluster is deleted and waits for what it holds`,
      at: `karmada: Cluster/${name}`,
      fix: `wait until it is gone, or finish it: \`cdk8s-karmada member unjoin ${name}\``,
    });
  }
  if (live?.spec?.id && live.spec.id !== id) {
    found.push({
      what: `${name} is another cluster: its id is ${live.spec.id}, and this one is ${id}`,
      at: `karmada: Cluster/${name}`,
      fix: 'choose another name, or give the context of that cluster with --member-context',
    });
  }
  for (const [who, said] of [
    ['the code', code?.spec?.syncMode],
    ['Karmada', live?.spec?.syncMode],
  ]) {
    if (said === undefined || said === mode) continue;
    found.push({
      what: `${name} cannot join in ${mode.toLowerCase()} mode: ${who} has it in ${said.toLowerCase()} mode`,
      at: who === 'Karmada' ? `karmada: Cluster/${name}` : 'syncMode of its MemberCluster',
      fix:
        who === 'Karmada'
          ? 'take it out and let it join anew, or leave out --mode'
          : 'change the code, or leave out --mode',
    });
  }
  if (placeOptions.length && mode === 'Pull') {
    found.push({
      what: `${placeOptions.join(', ')}: in pull mode the agent says where it is`,
      at: 'the options',
      fix: 'give `provider`, `region` and `zones` to its KarmadaAgent',
    });
  } else if (placeOptions.length && (code || live?.metadata.labels?.[PART_OF] !== undefined)) {
    found.push({
      what: `${placeOptions.join(', ')}: the code says where ${name} is`,
      at: `MemberCluster ${name}`,
      fix: 'leave the options out, and say it in the code',
    });
  }
  return found;
}

/**
 * Who else uses a cluster as a member: the accounts that joins have made there for other names.
 *
 * @param accounts names of the service accounts in the namespace of joins
 */
export function otherMemberships(name: string, accounts: readonly string[]): string[] {
  const own = [accountOf(name), estimatorOf(name), IMPERSONATOR];
  const estimators = estimatorOf('');
  return accounts
    .filter((each) => each.startsWith(accountOf('')) && !each.startsWith(estimators) && !own.includes(each))
    .map((each) => each.slice(accountOf('').length));
}
