import type { ObjectKey } from '../../../src/core/object-key';
import { printable } from '../../plan/answer';
import { policyOf } from '../../plan/day-two/operation';
import type { OnMember, Seen } from '../../plan/day-two/trace';
import { CLUSTERS, POLICIES, recorded } from '../../plan/fleet-record';
import { targetsOf } from '../../plan/readiness/propagation';
import type { ApiServer } from '../api-server';
import { attempt, inWindow, type Patience } from '../attempt';
import { objectPath, type Resource } from '../discovery';
import { listAll } from '../listing';
import { get } from '../live';
import { bindingOf, notAllowed, type Target } from './target';

const WORKS = '/apis/work.karmada.io/v1alpha1';
const WORK_KEY = { apiVersion: 'work.karmada.io/v1alpha1', kind: 'Work', namespace: '', name: '' };
const PERMANENT_ID = ['resourcebinding', 'clusterresourcebinding'].map((kind) => `${kind}.karmada.io/permanent-id`);
const WINDOW = 8;

/** Reads all that Karmada has of one template, but for what its members have. */
export async function readJourney(
  server: ApiServer,
  target: Target,
  patience: Patience,
): Promise<Omit<Seen, 'members'>> {
  const { live } = target;
  const policyKey = policyOf(live);
  const [binding, clusters, policy] = await Promise.all([
    bindingOf(server, target, patience),
    listAll(server, CLUSTERS, patience),
    policyKey && readPolicy(server, policyKey, patience),
  ]);
  const works = binding ? await worksOf(server, target, binding, patience) : [];
  return { template: live, binding, works, clusters: clusters ?? [], policyKey, policy };
}

/** What a preview of the template needs besides. */
export async function readOthers(server: ApiServer, patience: Patience): Promise<any[]> {
  const lists = await Promise.all(
    POLICIES.map(async (kind) => (await listAll(server, kind, patience))?.map((each) => recorded(kind, each, ''))),
  );
  return lists.flatMap((list) => list ?? []);
}

async function readPolicy(server: ApiServer, key: ObjectKey, patience: Patience): Promise<any> {
  const namespaced = key.kind === 'PropagationPolicy';
  const plural = namespaced ? 'propagationpolicies' : 'clusterpropagationpolicies';
  const found = await get(server, { key, resource: { plural, namespaced } }, patience);
  if ('refused' in found) throw notAllowed(server, key, found.refused);
  return found.live;
}

async function worksOf(server: ApiServer, { key }: Target, binding: any, patience: Patience): Promise<any[]> {
  const [label] = PERMANENT_ID.filter((each) => binding.metadata.labels?.[each] !== undefined);
  const places =
    label === undefined
      ? targetsOf(binding).map((cluster) => ({ path: `${WORKS}/namespaces/karmada-es-${cluster}/works`, query: {} }))
      : [{ path: `${WORKS}/works`, query: { labelSelector: `${label}=${binding.metadata.labels[label]}` } }];
  const found: any[] = [];
  await inWindow(WINDOW, places, async ({ path, query }) => {
    const answer = await attempt(server, { method: 'GET', path, query }, patience);
    if (answer.status !== 200) throw notAllowed(server, WORK_KEY, answer);
    found.push(...(answer.body.items ?? []));
  });
  return found.filter((work) => {
    const { kind, metadata = {} } = work.spec?.workload?.manifests?.[0] ?? {};
    return kind === key.kind && metadata.name === key.name && (metadata.namespace ?? '') === key.namespace;
  });
}

/** What the members have, asked through Karmada. */
export async function readMembers(
  server: ApiServer,
  { key, resource }: { readonly key: ObjectKey; readonly resource: Resource },
  clusters: readonly string[],
  patience: Patience,
): Promise<Map<string, OnMember>> {
  const members = new Map<string, OnMember>();
  await inWindow(WINDOW, clusters, async (cluster) => {
    const root = `/apis/cluster.karmada.io/v1alpha1/clusters/${encodeURIComponent(cluster)}/proxy`;
    const request = { method: 'GET' as const, path: root + objectPath(key, resource) };
    const { status, body } = await attempt(server, request, { ...patience, attempts: 1 });
    if (status === 200 && body?.metadata) members.set(cluster, { live: body });
    // only who answers for the member says which object is not there
    else if (status === 404 && body?.details?.name === key.name) members.set(cluster, { live: undefined });
    else members.set(cluster, { unknown: printable(`Karmada's way to it answered ${status}`) });
  });
  return members;
}
