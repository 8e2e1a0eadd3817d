import { createHmac, scryptSync } from 'node:crypto';
import { keyText } from '../../src/core/object-key';
import { printable } from '../plan/answer';
import { identity } from '../plan/chart-input';
import { APPLY_SET_MANAGER, INVENTORY_MANAGER, OBJECT_MANAGER } from '../plan/owned-fields';
import type { Plan, Plane } from '../plan/plan';
import { type CurrentObject, othersOf } from '../plan/saved-plan';
import { attempt } from './attempt';
import type { Preparation } from './preparation';

/** What a saved plan holds of a run, and is compared with later. */
export interface PlanDigests {
  readonly planes: readonly { readonly plane: Plane; readonly uid?: string; readonly url?: string }[];
  readonly objects: readonly CurrentObject[];
  readonly others: readonly string[];
}

/** Another run of ours is told only where nobody else wrote. */
const OURS: readonly string[] = [OBJECT_MANAGER, APPLY_SET_MANAGER, INVENTORY_MANAGER];
/** Slow on purpose, so that nobody finds a short value by trying; a thousand Secrets still take seconds only. */
const COST = { N: 2 ** 12, r: 8, p: 1 };

/**
 * What was prepared, as digests.
 *
 * @param salt key of the digests
 * @param sinceMs who wrote later is named
 */
export async function planDigests(
  preparation: Preparation,
  plan: Plan,
  salt: string,
  sinceMs: number,
): Promise<PlanDigests> {
  const objects = preparation.objects.map((object): CurrentObject => {
    const surveyed = preparation.surveys.get(object.plane)?.objects.get(identity(object));
    const { plane } = object;
    const key = surveyed?.key ?? object.key;
    const action = surveyed?.verdict.action ?? 'create';
    const desired = object.secretValues ? {} : { desired: digest(object.manifest, salt) };
    return { plane, key, action, ...desired, ...liveParts(surveyed?.live, salt, sinceMs) };
  });
  const leaving = preparation
    .leaving()
    .filter(({ planned }) => planned.action !== 'keep')
    .map(
      ({ planned: { plane, key, action }, live }): CurrentObject => ({
        plane,
        key,
        action,
        ...liveParts(live, salt, sinceMs),
      }),
    );
  const planes = await Promise.all(
    plan.planes.map(async ({ plane, url }) => {
      const server = preparation.surveys.get(plane)?.server;
      if (!server) return { plane };
      const request = { method: 'GET' as const, path: '/api/v1/namespaces/kube-system' };
      const { body } = await attempt(server, request, preparation.patience);
      return { plane, uid: body?.metadata?.uid as string | undefined, url };
    }),
  );
  return { planes, objects: [...objects, ...leaving], others: othersOf(plan) };
}

function liveParts(live: any, salt: string, sinceMs: number): Pick<CurrentObject, 'live' | 'writers'> {
  if (live === undefined) return { writers: [] };
  const { status: _status, metadata, ...rest } = live;
  const { managedFields = [], resourceVersion: _version, generation: _generation, ...kept } = metadata;
  const late = managedFields.filter(
    ({ time, subresource }: any) => Date.parse(time) >= sinceMs && subresource !== 'status',
  );
  const others = late.filter(({ manager }: any) => !OURS.includes(manager));
  const writers = (others.length ? others : late).map(({ manager, time }: any) => `"${printable(manager)}" (${time})`);
  return { live: digest({ ...rest, metadata: kept }, salt), writers: [...new Set<string>(writers)].sort() };
}

function digest(object: any, salt: string): string {
  const text = canonical(object);
  const isSecret = object.kind === 'Secret' && object.apiVersion === 'v1';
  const content = isSecret ? scryptSync(text, `${salt} ${keyText(nameOf(object))}`, 32, COST) : text;
  return createHmac('sha256', salt).update(content).digest('base64url');
}

function nameOf({ apiVersion, kind, metadata }: any) {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
}

/** JSON in which the order of keys does not count. */
function canonical(value: any): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join(',')}}`;
}
