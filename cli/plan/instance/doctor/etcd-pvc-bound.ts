import { type Check, type Observation, seenOr, whenSeen } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { newestEvents } from './newest-events';
import { isDefaultClass } from './wanted-claims';

/** The volumes of etcd, and of its backups, are bound. */
export const ETCD_PVC_BOUND: Check<InstanceSnapshot> = {
  id: 'etcd-pvc-bound',
  title: 'the volumes of etcd are bound',
  why: 'A member of etcd starts when its PersistentVolumeClaim has a volume. A claim stays Pending where its StorageClass is not there, its provisioner does not run, or has no room.',
  fix: 'see that the StorageClass is there, that its provisioner runs and has room; `instance doctor --host` looks at all of it',
  see: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  look: ({ claims, statefulSets, events, storageClasses, namespace }) =>
    whenSeen(claims, (all) => {
      const etcd = seenOr(statefulSets, []).find(({ metadata }) => metadata.name === 'etcd');
      const templates: readonly any[] = etcd?.spec?.volumeClaimTemplates ?? [];
      const expected = templates.flatMap(({ metadata }) =>
        Array.from({ length: etcd.spec.replicas ?? 1 }, (_, member) => `${metadata.name}-etcd-${member}`),
      );
      const missing = expected.filter((name) => !all.some(({ metadata }) => metadata.name === name));
      const classes = 'seen' in storageClasses ? storageClasses.seen : undefined;
      const about = (name: string) => `PersistentVolumeClaim/${namespace}/${name}`;
      if (!expected.length && !all.length) {
        const cause = etcd ? 'etcd keeps its data in a folder of its node' : 'there is no claim';
        return [{ state: etcd ? 'ok' : 'fails', cause }];
      }
      return [
        ...missing.map((name): Observation => {
          const told = newestEvents(seenOr(events, []), 'StatefulSet', (each) => each === 'etcd');
          return { state: 'fails', about: about(name), cause: `it is not there${told}` };
        }),
        ...all.map((claim) => ({
          about: about(claim.metadata.name),
          ...judged(claim, classes, seenOr(events, [])),
        })),
      ];
    }),
};

function judged(claim: any, classes: readonly any[] | undefined, events: readonly any[]): Observation {
  const { metadata, spec, status } = claim;
  const phase: string = status?.phase ?? 'Pending';
  if (phase === 'Bound') return { state: 'ok', cause: `it is Bound to ${spec?.volumeName}` };
  const told = newestEvents(events, 'PersistentVolumeClaim', (name) => name === metadata.name);
  return { state: 'fails', cause: `it is ${phase}: ${storage(spec?.storageClassName, classes)}${told}` };
}

/** What makes its volume, in words. */
function storage(named: string | undefined, classes: readonly any[] | undefined): string {
  if (named === '') return 'it names no StorageClass, and no volume by hand fits it';
  if (!classes) return named === undefined ? 'it names no StorageClass' : `its StorageClass is ${named}`;
  const found = classes.find((each) => (named === undefined ? isDefaultClass(each) : each.metadata.name === named));
  if (!found)
    return named === undefined
      ? 'it names no StorageClass, and none is the default'
      : `there is no StorageClass ${named}`;
  const waits = found.volumeBindingMode === 'WaitForFirstConsumer' ? ', which waits for the pod to have a node' : '';
  return `its StorageClass is ${found.metadata.name}, provisioner ${found.provisioner}${waits}`;
}
