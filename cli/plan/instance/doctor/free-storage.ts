import type { Nanos } from '../../../../src/preview/private/quantity';
import { type Check, type Observation, seenOr, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { classOf, type WantedClaims, wantedClaims } from './wanted-claims';
import { bytesText, read } from './wanted-pods';

const BY_HAND = 'kubernetes.io/no-provisioner';

/** There is room for the volumes, as far as anybody tells. */
export const FREE_STORAGE: Check<HostSnapshot> = {
  id: 'free-storage',
  title: 'there is room for the volumes of etcd',
  why: 'Volumes that are made by hand can be counted, and some CSI drivers tell what is free (CSIStorageCapacity). Of all others the API server knows nothing: whether the disk behind them is full shows only when a volume is made, or when etcd writes.',
  fix: 'free or add storage, or ask for smaller volumes',
  see: 'https://kubernetes.io/docs/concepts/storage/storage-capacity/',
  look: (snapshot) => {
    const { storageClasses, wanted } = snapshot;
    if (!wanted) return [];
    const classes = seenOr(storageClasses, []);
    return wantedClaims(wanted).flatMap((claims) => {
      const found = classOf(claims, classes);
      if (claims.storageClass === '' || found?.provisioner === BY_HAND) return volumesByHand(claims, found, snapshot);
      return found ? published(claims, found, snapshot) : [];
    });
  },
};

function volumesByHand(claims: WantedClaims, found: any, { volumes }: HostSnapshot): readonly Observation[] {
  const { name: about, size, count } = claims;
  const named: string = found?.metadata.name ?? '';
  return whenSeen(volumes, (all) => {
    const free = all.filter(
      ({ spec, status }) =>
        status?.phase === 'Available' &&
        (spec.storageClassName ?? '') === named &&
        read(spec.capacity?.storage) >= size,
    );
    const words = `${free.length} free volumes of ${bytesText(size)} or more${named ? ` in class ${named}` : ''}, and ${count} are needed`;
    if (free.length >= count) return [{ state: 'ok', about, cause: words }];
    return [{ state: 'fails', about, cause: words, fix: `make ${count - free.length} more PersistentVolumes` }];
  });
}

function published(claims: WantedClaims, found: any, { storageCapacities }: HostSnapshot): readonly Observation[] {
  const { name: about, size, count } = claims;
  const { name } = found.metadata;
  return whenSeen(storageCapacities, (all) => {
    const places = all.filter(({ storageClassName }) => storageClassName === name);
    if (!places.length) {
      const cause = `what is free in class ${name} cannot be known: its provisioner ${found.provisioner} does not tell (no CSIStorageCapacity)`;
      const fix = `make sure of ${count} x ${bytesText(size)} where that provisioner takes it from`;
      return [{ state: 'unknown', about, cause, fix }];
    }
    // a volume has to fit as one; what several volumes share cannot be seen
    const largest = places.map((each) => read(each.maximumVolumeSize ?? each.capacity)).reduce(more, 0n);
    const total = places.map(({ capacity }) => read(capacity)).reduce((sum, each) => sum + each, 0n);
    const cause = `class ${name} has ${bytesText(total)} free in ${places.length} places, at most ${bytesText(largest)} in one volume; ${count} x ${bytesText(size)} are needed`;
    return [{ state: largest >= size && total >= size * BigInt(count) ? 'ok' : 'fails', about, cause }];
  });
}

function more(one: Nanos, other: Nanos): Nanos {
  return one > other ? one : other;
}
