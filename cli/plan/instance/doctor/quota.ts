import type { Nanos } from '../../../../src/preview/private/quantity';
import { quantityText } from '../../../../src/preview/private/quantity';
import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot, WantedInstance } from './host-snapshot';
import { wantedClaims } from './wanted-claims';
import { bytesText, read, wantedPods } from './wanted-pods';

const UNIT = 1_000_000_000n;

/** The quotas of the namespace leave room. */
export const QUOTA: Check<HostSnapshot> = {
  id: 'quota',
  title: 'the quotas of the namespace leave room for the instance',
  why: 'A pod, a volume or a Service over a ResourceQuota is refused; a Deployment then stays without pods and says so only in an event. A quota on limits refuses every pod that sets none, and ours set requests only.',
  fix: 'raise the quota, or have the instance in a namespace of its own without one',
  see: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  look: ({ quotas, limitRanges, wanted }) => {
    if (!wanted) return [];
    return whenSeen(quotas, (all) => {
      const ranges = 'seen' in limitRanges ? limitRanges.seen : [];
      const defaults = (name: string) =>
        ranges.some((range) => containers(range).some(({ default: value }) => value?.[name]));
      const plain = all.filter(({ spec }) => !spec?.scopes?.length && !spec?.scopeSelector);
      const found = plain.flatMap((quota) => overruns(quota, wanted, defaults));
      if (found.length) return found;
      return [
        { state: 'ok', cause: plain.length ? `${plain.length} quotas leave room` : 'no quota limits the namespace' },
      ];
    });
  },
};

function containers(range: any): any[] {
  return (range.spec?.limits ?? []).filter(({ type }: any) => type === 'Container');
}

function overruns(quota: any, wanted: WantedInstance, hasDefault: (name: string) => boolean): Observation[] {
  const about = `ResourceQuota/${quota.metadata.namespace}/${quota.metadata.name}`;
  const hard: { readonly [resource: string]: string } = quota.status?.hard ?? quota.spec?.hard ?? {};
  const asked = demand(wanted);
  return Object.keys(hard).flatMap((resource): Observation[] => {
    const limit = /^limits\.(cpu|memory)$/.exec(resource)?.[1];
    if (limit && !hasDefault(limit)) {
      const cause = `it counts ${resource}, so pods without a limit are refused, and those of the instance set none`;
      const fix = `set \`limits\` on each component, add a LimitRange with a default ${limit} limit, or take ${resource} out of the quota`;
      return [{ state: 'fails', about, cause, fix }];
    }
    const need = asked.get(resource);
    if (need === undefined) return [];
    const left = read(hard[resource]) - read(quota.status?.used?.[resource]);
    if (need <= left) return [];
    const cause = `of ${resource} ${text(resource, left)} is left of ${hard[resource]}, and ${text(resource, need)} is needed`;
    return [{ state: 'fails', about, cause }];
  });
}

/** What an instance takes of what quotas count, by the name that they have for it. */
function demand(wanted: WantedInstance): Map<string, Nanos> {
  const needs = new Map<string, Nanos>();
  const add = (resource: string, amount: Nanos) => needs.set(resource, (needs.get(resource) ?? 0n) + amount);
  for (const { replicas, requests } of wantedPods(wanted.objects)) {
    const count = BigInt(replicas);
    for (const name of ['cpu', 'requests.cpu']) add(name, requests.cpu * count);
    for (const name of ['memory', 'requests.memory']) add(name, requests.memory * count);
    for (const name of ['pods', 'count/pods']) add(name, count * UNIT);
  }
  for (const { storageClass, size, count } of wantedClaims(wanted)) {
    const claims = BigInt(count);
    for (const name of ['persistentvolumeclaims', 'count/persistentvolumeclaims']) add(name, claims * UNIT);
    add('requests.storage', size * claims);
    if (!storageClass) continue;
    add(`${storageClass}.storageclass.storage.k8s.io/requests.storage`, size * claims);
    add(`${storageClass}.storageclass.storage.k8s.io/persistentvolumeclaims`, claims * UNIT);
  }
  for (const { kind } of wanted.objects) {
    const plural = COUNTED[kind];
    for (const name of plural ?? []) add(name, UNIT);
  }
  return needs;
}

const COUNTED: { readonly [kind: string]: readonly string[] } = {
  ConfigMap: ['configmaps', 'count/configmaps'],
  CronJob: ['count/cronjobs.batch'],
  Deployment: ['count/deployments.apps'],
  Service: ['services', 'count/services'],
  ServiceAccount: ['count/serviceaccounts'],
  StatefulSet: ['count/statefulsets.apps'],
};

function text(resource: string, amount: Nanos): string {
  return /(memory|storage)$/.test(resource) ? bytesText(amount) : quantityText(amount);
}
