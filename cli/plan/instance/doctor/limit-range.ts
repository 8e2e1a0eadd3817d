import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';
import { read, type WantedPods, wantedPods } from './wanted-pods';

const NAMES = ['cpu', 'memory'] as const;

/** No range of the namespace stands in the way. */
export const LIMIT_RANGE: Check<HostSnapshot> = {
  id: 'limit-range',
  title: 'no LimitRange of the namespace changes or refuses the pods',
  why: 'A LimitRange refuses containers whose requests are below its minimum or above its maximum, and gives those without limits its own: a small default for memory ends the API server out of memory.',
  fix: 'change the LimitRange, or have the instance in a namespace of its own without one',
  see: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  look: ({ limitRanges, wanted }) => {
    if (!wanted) return [];
    return whenSeen(limitRanges, (ranges) => {
      const found = ranges.flatMap((range) =>
        (range.spec?.limits ?? [])
          .filter(({ type }: any) => type === 'Container')
          .flatMap((limit: any) =>
            judged(`LimitRange/${range.metadata.namespace}/${range.metadata.name}`, limit, wantedPods(wanted.objects)),
          ),
      );
      return found.length ? found : [{ state: 'ok', cause: 'no LimitRange stands in the way' }];
    });
  },
};

function judged(
  about: string,
  { min = {}, max = {}, default: limits = {} }: any,
  pods: readonly WantedPods[],
): Observation[] {
  return NAMES.flatMap((name) => {
    const named = pods.flatMap(({ workload, spec }) =>
      (spec.containers ?? []).map((container: any) => ({ workload, resources: container.resources ?? {} })),
    );
    const which = (holds: (each: any) => boolean) => [...new Set(named.filter(holds).map(({ workload }) => workload))];
    const below = which(
      ({ resources }) => min[name] !== undefined && read(resources.requests?.[name]) < read(min[name]),
    );
    const above = which(
      ({ resources }) => max[name] !== undefined && read(resources.requests?.[name]) > read(max[name]),
    );
    const small = which(
      ({ resources }) =>
        limits[name] !== undefined &&
        !resources.limits?.[name] &&
        read(limits[name]) < read(resources.requests?.[name]),
    );
    const capped = which(({ resources }) => limits[name] !== undefined && !resources.limits?.[name]);
    return [
      ...told('fails', about, below, `its minimum of ${name} is ${min[name]}, more than what is requested by`),
      ...told('fails', about, above, `its maximum of ${name} is ${max[name]}, less than what is requested by`),
      ...told('fails', about, small, `its default limit of ${name} is ${limits[name]}, less than what is requested by`),
      ...(small.length
        ? []
        : told('warning', about, capped, `its default limit of ${name}, ${limits[name]}, is set on`)),
    ];
  });
}

function told(state: Observation['state'], about: string, workloads: readonly string[], words: string): Observation[] {
  return workloads.length ? [{ state, about, cause: `${words} ${workloads.join(', ')}` }] : [];
}
