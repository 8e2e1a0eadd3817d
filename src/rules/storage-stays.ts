import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { movesBecause } from './placements';
import { podOf } from './pods';
import { entries, quoted, record } from './read';
import type { InputRule } from './rule';

/** The volumes of a workload that outlive its pods, and where the first of them is written. */
function storageOf(template: any): { readonly names: readonly string[]; readonly path: string } | undefined {
  const own = entries(record(template.spec).volumeClaimTemplates);
  if (own.length > 0) {
    return { names: own.map(({ item }) => record(item.metadata).name), path: 'spec.volumeClaimTemplates' };
  }
  const found = podOf(template);
  const claims = entries(found?.pod.volumes).filter(({ item }) => item.persistentVolumeClaim);
  if (claims.length === 0) return undefined;
  return { names: claims.map(({ item }) => item.name), path: `${found?.path}.volumes[${claims[0].index}]` };
}

export const STORAGE_STAYS: InputRule = {
  code: 'MC063',
  level: FindingLevel.WARNING,
  title: 'storage that does not move',
  why: 'A volume belongs to the cluster that made it. Pods that Karmada starts in another cluster get a new one there, which is empty.',
  fix: 'choose one cluster for it, replicate the data by other means, or acknowledge this when it may be lost',
  see: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes',
  check: (objects) =>
    objects.templates.flatMap((object) => {
      const policy = objects.policyOf(object);
      const reason = policy && movesBecause(policy);
      const storage = reason && storageOf(object);
      if (!storage) return [];
      const message = `${keyText(keyOf(policy))} ${reason}, but what is in ${quoted(storage.names)} stays in its cluster: pods that move find it empty`;
      return [{ object, path: storage.path, message }];
    }),
};
