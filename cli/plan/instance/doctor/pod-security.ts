import { type Check, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { wantedPods } from './wanted-pods';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['restricted', 'baseline', 'privileged'];

/** The namespace lets the pods in. */
export const POD_SECURITY: Check<HostSnapshot> = {
  id: 'pod-security',
  title: 'the namespace lets the pods of the instance in',
  why: 'All pods fit the level "restricted", but an etcd that keeps its data in a folder of its node: that needs "privileged". Labels of the namespace are seen; what the configuration of the API server or another admission webhook demands is not.',
  fix: 'set the label that the code gives the namespace, or use EtcdStorage.persistentVolumeClaim',
  see: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  look: ({ namespace, wanted }) => {
    if (!wanted) return [];
    return whenSeen(namespace, (live) => {
      const folders = wantedPods(wanted.objects).filter(({ spec }) => spec.volumes?.some((each: any) => each.hostPath));
      const needed = folders.length ? 'privileged' : 'restricted';
      const about = `Namespace/${wanted.namespace}`;
      const level: string | undefined = live?.metadata.labels?.[ENFORCE];
      if (level === undefined) {
        const there = live ? 'it demands no level' : 'it is not there yet';
        return [{ state: 'ok', about, cause: `${there}; the pods fit the level ${needed}` }];
      }
      const fits = LEVELS.indexOf(needed) <= LEVELS.indexOf(level);
      const why = folders.map(({ workload }) => workload).join(', ');
      if (fits) return [{ state: 'ok', about, cause: `it demands the level ${level}, and the pods fit ${needed}` }];
      return [{ state: 'fails', about, cause: `it demands the level ${level}, and ${why} uses a folder of its node` }];
    });
  },
};
