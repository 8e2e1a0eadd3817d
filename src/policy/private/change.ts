import { leadsTo, type Path } from './pointer';

/** What an overrider does to one place of an object. */
export interface Change {
  readonly path: Path;
  /** `shift` puts an element into a list or takes one out, so that others get another index; `append` puts one at the end. */
  readonly does: 'set' | 'remove' | 'shift' | 'append';
  /** What has to be there for Karmada to do it; none when Karmada takes the object as it comes. */
  readonly needs?: Path;
  /** Whether it is to take out every element that is the same, so also those that another one put in. */
  readonly sweeps?: boolean;
  /** Whether it makes a map or list that was not there. */
  readonly creates?: boolean;
}

/** Whether it matters which of two changes comes first. */
export function touch(one: Change, other: Change): boolean {
  const [first, second] = [reach(one), reach(other)];
  return leadsTo(first, second) || leadsTo(second, first);
}

/** Whether a change goes wrong where the earlier one, which it does not know of, was made before. */
export function collides(earlier: Change, later: Change): boolean {
  if (!later.needs) return false;
  const below = leadsTo(earlier.path, later.path) && later.path.length > earlier.path.length;
  const appends = later.does === 'append' && later.path.length === earlier.path.length;
  switch (earlier.does) {
    case 'set':
      return below;
    case 'remove':
      return leadsTo(earlier.path, later.needs);
    case 'append':
      return (leadsTo(earlier.path, later.path) && !appends) || Boolean(later.sweeps && sameList(earlier, later));
    case 'shift':
      return reach(earlier).length < later.path.length && leadsTo(reach(earlier), later.path) && !appends;
  }
}

/** Whether both make the same map or list, so that the later one would replace what the earlier one made. */
export function makeTheSame(one: Change, other: Change): boolean {
  return (
    Boolean(one.creates && other.creates) && one.path.length === other.path.length && leadsTo(one.path, other.path)
  );
}

function reach({ does, path }: Change): Path {
  return does === 'shift' ? path.slice(0, -1) : path;
}

function sameList(one: Change, other: Change): boolean {
  return one.path.length === other.path.length && leadsTo(one.path.slice(0, -1), other.path);
}
