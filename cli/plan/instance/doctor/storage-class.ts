import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { classOf, isDefaultClass, type WantedClaims, wantedClaims } from './wanted-claims';

/** There is storage to ask for. */
export const STORAGE_CLASS: Check<HostSnapshot> = {
  id: 'storage-class',
  title: 'there is a StorageClass for the volumes of etcd',
  why: 'The members of etcd keep their data in volumes that a StorageClass makes. A claim that names no class gets the default one; without it, it stays Pending for ever and the control plane never starts.',
  fix: 'install a StorageClass with a provisioner, and mark one as the default with the annotation storageclass.kubernetes.io/is-default-class: "true"',
  see: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',
  look: ({ storageClasses, wanted }) =>
    whenSeen(storageClasses, (classes) => {
      if (!wanted) return classes.length ? [...defaults(classes), ...classes.map(described)] : [NONE];
      const claims = wantedClaims(wanted);
      if (!claims.length) return [{ state: 'ok', cause: 'the instance asks for no volume' }];
      return claims.flatMap((each) => claimObservations(each, classes));
    }),
};

const NONE: Observation = { state: 'fails', cause: 'the host has no StorageClass' };

function defaults(classes: readonly any[]): Observation[] {
  const marked = classes.filter(isDefaultClass).map(({ metadata }) => metadata.name);
  if (marked.length === 1) return [];
  const cause = marked.length
    ? `${marked.length} classes are marked as the default (${marked.sort().join(', ')}): the newest of them is taken`
    : 'no class is marked as the default: only claims that name one get a volume';
  return [
    {
      state: 'warning',
      cause,
      fix: 'mark exactly one, or name a class with EtcdStorage.persistentVolumeClaim({ storageClass })',
    },
  ];
}

function claimObservations(claims: WantedClaims, classes: readonly any[]): Observation[] {
  const { name, storageClass } = claims;
  const names = classes.map(({ metadata }) => metadata.name).sort();
  if (storageClass === '') {
    return [{ state: 'ok', about: name, cause: 'it names no class: a volume that is there is taken' }];
  }
  const found = classOf(claims, classes);
  if (!found) {
    const known = names.length ? `the host has ${names.join(', ')}` : 'the host has none';
    const cause =
      storageClass === undefined
        ? `it names no StorageClass, and none is the default (${known})`
        : `there is no StorageClass "${storageClass}" (${known})`;
    const fix = names.length
      ? `name one of these with EtcdStorage.persistentVolumeClaim({ storageClass }), or mark one as the default`
      : undefined;
    return [{ state: 'fails', about: name, cause, fix }];
  }
  const several = storageClass === undefined ? defaults(classes) : [];
  return [...several.map((each) => ({ ...each, about: name })), ...judged(name, found)];
}

function described(found: any): Observation {
  return { state: 'ok', about: `StorageClass/${found.metadata.name}`, cause: words(found) };
}

function judged(name: string, found: any): Observation[] {
  const grows: Observation[] = found.allowVolumeExpansion
    ? []
    : [
        {
          state: 'warning',
          about: `StorageClass/${found.metadata.name}`,
          cause: 'it does not let volumes grow: an etcd that is full has to move to a new volume',
          fix: 'set allowVolumeExpansion: true if the provisioner can, or ask for enough from the start',
        },
      ];
  return [{ state: 'ok', about: name, cause: `StorageClass ${found.metadata.name}: ${words(found)}` }, ...grows];
}

function words({ provisioner, volumeBindingMode, allowVolumeExpansion, reclaimPolicy, ...rest }: any): string {
  return [
    `${isDefaultClass(rest) ? 'the default, ' : ''}provisioner ${provisioner}`,
    volumeBindingMode === 'WaitForFirstConsumer'
      ? 'volumes are made where the pod runs'
      : 'volumes are made at once, wherever there is room',
    `volumes ${allowVolumeExpansion ? 'can' : 'cannot'} grow`,
    reclaimPolicy === 'Retain' ? 'kept when their claim goes' : 'deleted with their claim',
  ].join(', ');
}
