import { type Check, type Observation, seenOr, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { wantedPods } from './wanted-pods';

/** The priority class is there, and may be used. */
export const PRIORITY_CLASS: Check<HostSnapshot> = {
  id: 'priority-class',
  title: 'the PriorityClass of the pods is there, and may be used in the namespace',
  why: 'A pod of a class that is not there is refused. GKE, and every host whose API server is configured so, refuses system-* classes outside kube-system unless a ResourceQuota of the namespace is about them.',
  fix: 'create the PriorityClass, or leave `priorityClassName` out',
  see: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default',
  look: ({ priorityClasses, quotas, version, wanted }) => {
    const names = new Set(wantedPods(wanted?.objects ?? []).flatMap(({ spec }) => spec.priorityClassName ?? []));
    if (!wanted || !names.size) return [];
    return whenSeen(priorityClasses, (classes) =>
      [...names].flatMap((name): Observation[] => {
        const about = `PriorityClass/${name}`;
        if (!classes.some(({ metadata }) => metadata.name === name)) {
          return [{ state: 'fails', about, cause: 'it is not there' }];
        }
        const all = [...seenOr(quotas, []), ...wanted.objects.filter(({ kind }) => kind === 'ResourceQuota')];
        const allowed = !name.startsWith('system-') || all.some((quota) => isAbout(quota, name));
        if (allowed) return [{ state: 'ok', about, cause: 'it is there, and may be used' }];
        const cause = `no ResourceQuota of ${wanted.namespace} is about it`;
        const state = /-gke\./.test(seenOr(version, '')) ? 'fails' : 'warning';
        const fix = 'synthesize with this version of the library, which makes that quota, or choose another class';
        return [{ state, about, cause, fix }];
      }),
    );
  },
};

function isAbout({ spec }: any, name: string): boolean {
  const expressions: readonly any[] = spec?.scopeSelector?.matchExpressions ?? [];
  return expressions.some(
    ({ scopeName, operator, values = [] }) =>
      scopeName === 'PriorityClass' && (operator === 'Exists' || (operator === 'In' && values.includes(name))),
  );
}
