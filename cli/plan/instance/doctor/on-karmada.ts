import { type Observation, type Seen, whenSeen } from './check';
import type { InstanceSnapshot, KarmadaSide } from './instance-snapshot';

/** Observations about a part of what Karmada says; nothing is said twice when it does not answer at all. */
export function onKarmada<T>(
  { karmada }: InstanceSnapshot,
  part: (side: KarmadaSide) => Seen<T>,
  look: (value: T) => readonly Observation[],
): readonly Observation[] {
  if ('unseen' in karmada)
    return [{ state: 'unknown', cause: "Karmada's API server does not answer", fix: 'see check api-server-ready' }];
  return whenSeen(part(karmada.seen), look);
}
