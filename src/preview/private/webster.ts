import { byName } from '../../core/private/by-name';
import type { TargetCluster } from './binding';
import { fnv1a32 } from './hash';

/**
 * Who gets the seat when two clusters have an equal claim: the first by name, or the last, depending on the hash of the
 * resource's UID. Without a UID both readings are worth knowing.
 */
export class Tie {
  /** As the resource with this UID breaks ties. */
  static ofUid(uid: string): Tie {
    return new Tie(fnv1a32(uid) % 2 === 1);
  }

  /** As resources whose UID has an even hash break ties. */
  static even(): Tie {
    return new Tie(false);
  }

  /** As resources whose UID has an odd hash break ties. */
  static odd(): Tie {
    return new Tie(true);
  }

  /** Whether a tie was broken at all. */
  broken = false;

  private constructor(readonly descending: boolean) {}
}

interface Party {
  readonly votes: number;
  seats: number;
  priority: number;
}

function claimTo(votes: number, seats: number): number {
  return votes / (2 * seats + 1);
}

/** So many seats are given one at a time. */
const FEW = 1000;

/**
 * Gives most of many seats at once: every one whose claim is above a limit that leaves a few. In which order they are given
 * makes no difference, because no claim below the limit comes first.
 */
function ahead(parties: readonly Party[], seats: number): number {
  if (seats <= FEW + 4 * parties.length) return 0;
  const total = parties.reduce((sum, { votes }) => sum + votes, 0);
  const limit = total / (2 * (seats - parties.length));
  const given = parties.map(({ votes }) => {
    let count = Math.max(0, Math.floor((votes / limit - 1) / 2));
    while (claimTo(votes, count) > limit) count += 1;
    while (count > 0 && claimTo(votes, count - 1) <= limit) count -= 1;
    return count;
  });
  const sum = given.reduce((all, each) => all + each, 0);
  if (sum > seats) return 0;
  parties.forEach((party, index) => {
    party.seats = given[index];
    party.priority = claimTo(party.votes, party.seats);
  });
  return sum;
}

/**
 * Divides `seats` by votes, one at a time, each to the cluster with the largest votes/(2·seats+1): the method of Webster
 * and Sainte-Laguë. The result is sorted by name.
 *
 * Mirrors `pkg/util/helper/webstermethod.go` and `binding.go` beside it, of Karmada v1.18.2.
 */
export function webster(seats: number, votes: readonly TargetCluster[], tie: Tie): TargetCluster[] {
  const parties = votes
    .map((vote) => ({ name: vote.name, votes: vote.replicas, seats: 0, priority: vote.replicas }))
    .sort((a, b) => (tie.descending ? byName(b.name, a.name) : byName(a.name, b.name)));
  if (parties.reduce((sum, party) => sum + party.votes, 0) === 0) return [];
  for (let left = seats - ahead(parties, seats); left > 0; left -= 1) {
    let best = parties[0];
    let equal = false;
    // the innermost loop of a preview: it makes nothing
    for (let index = 1; index < parties.length; index += 1) {
      const party = parties[index];
      if (party.priority > best.priority || (party.priority === best.priority && party.seats < best.seats)) {
        best = party;
        equal = false;
      } else if (party.priority === best.priority && party.seats === best.seats) {
        equal = true;
      }
    }
    if (equal) tie.broken = true;
    best.seats += 1;
    best.priority = claimTo(best.votes, best.seats);
  }
  return parties.map((party) => ({ name: party.name, replicas: party.seats })).sort((a, b) => byName(a.name, b.name));
}
