import type { ObjectKey } from '../../src/core/object-key';
import { memberDrift, templateDrift, workDrift } from '../plan/drift';
import type { Plan } from '../plan/plan';
import { condition } from '../plan/readiness/condition';
import type { Drift, ObjectStatus } from '../plan/status';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { objectPath, type Resource } from './discovery';

/** What is known of an object. */
export interface Seen {
  readonly key: ObjectKey;
  readonly resource?: Resource;
  /** As the code has it. */
  readonly manifest: any;
  /** As the server has it. */
  readonly live: any;
  /** What members were given of it. */
  readonly works: readonly any[];
}

/** Where an object is not as it should be: between code and template, template and work, work and member. */
export async function driftOf(
  object: ObjectStatus,
  plan: Plan,
  seen: Seen,
  server: ApiServer | undefined,
  patience: Patience,
): Promise<Drift[]> {
  const { live, works, manifest } = seen;
  if (!live || !server) return [];
  const onMembers = await Promise.all(works.map((work) => onMember(seen, work, server, patience)));
  return [
    ...templateDrift(object, plan, live),
    ...works.flatMap((work) => workDrift(manifest, live, work)),
    ...onMembers.flat(),
  ];
}

/** Karmada's API server hands requests on to its members. */
async function onMember(seen: Seen, work: any, server: ApiServer, patience: Patience): Promise<Drift[]> {
  // what was not applied differs, and status says so
  if (!seen.resource || condition(work, 'Applied')?.status !== 'True') return [];
  const cluster = String(work.metadata.namespace).replace(/^karmada-es-/, '');
  const root = `/apis/cluster.karmada.io/v1alpha1/clusters/${encodeURIComponent(cluster)}/proxy`;
  const path = root + objectPath(seen.key, seen.resource);
  const answer = await attempt(server, { method: 'GET', path }, { ...patience, attempts: 1 });
  if (answer.status === 200 && answer.body?.metadata) return memberDrift(work, answer.body);
  // who answers for the member says which object is not there; anything else does not know
  if (answer.status === 404 && answer.body?.details?.name === seen.key.name) return memberDrift(work, undefined);
  return [];
}
