import type { DesiredObject } from '../plan/chart-input';
import { definitionTrouble } from '../plan/definition-safety';
import { sameValue } from '../plan/field-path';
import { tellsLostVersion } from '../plan/lost-version';
import { namespaceTrouble } from '../plan/namespace-state';
import { OBJECT_MANAGER } from '../plan/owned-fields';
import { valueAt, withOwners } from '../plan/ownership';
import { type AddressedObject, distinct, on, type Permission } from '../plan/permission';
import type { Refusal } from '../plan/plan';
import { some } from '../plan/prune';
import { refused, unchecked, type Verdict, verdictFromDryRun } from '../plan/verdict';
import { attempt, inWindow, type Patience } from './attempt';
import { lackingPermissions } from './permissions';
import type { Survey, Surveyed } from './survey';
import { serverSideApply } from './write';

export interface PreflightOptions {
  readonly window: number;
  readonly patience: Patience;
}

/** A survey with the verdicts as a person needs them, and the permissions that the run lacks. */
export interface Preflight {
  readonly survey: Survey;
  readonly lacking: readonly Permission[];
}

/** What can be known before the first write, and the answers to dry-runs alone do not tell. Writes nothing. */
export async function preflight(survey: Survey, options: PreflightOptions): Promise<Preflight> {
  const troubled = await namespaceTroubles(survey, options);
  const lacking = await lackingPermissions(survey.server, neededNow(survey), options.window, options.patience);
  const objects = new Map(
    [...survey.objects].map(([id, each]) => [id, { ...each, verdict: judged(each, survey, troubled, lacking) }]),
  );
  await inWindow(options.window, [...objects], async ([id, each]) => {
    objects.set(id, { ...each, verdict: await steady(each, survey, options.patience) });
  });
  return { survey: { ...survey, objects }, lacking };
}

function judged(
  each: Surveyed,
  survey: Survey,
  troubled: ReadonlyMap<string, string>,
  lacking: readonly Permission[],
): Verdict {
  const { verdict, live, manifest = each.object.manifest, key } = each;
  const unsafe = live && definitionTrouble(live, manifest);
  if (unsafe) return refused({ reason: 'invalid', message: unsafe });
  const trouble = troubled.get(key.namespace);
  if (trouble && needsNamespace(each)) {
    if (verdict.refusal) return { ...verdict, notes: [...verdict.notes, trouble] };
    return refused({ reason: 'invalid', message: trouble });
  }
  if (verdict.refusal?.reason === 'forbidden' && lacking.some((permission) => isOn(permission, each))) {
    return unchecked(live, 'not checked by the server: these credentials may not write it');
  }
  if (verdict.refusal?.reason === 'unknown-kind') return refused(moved(verdict.refusal, each, survey));
  if (tellsLostVersion(verdict.refusal?.message)) {
    return unchecked(live, 'not checked by the server: it was written in a version that is gone, which apply mends');
  }
  return withOwners(verdict, live, manifest);
}

/**
 * The verdict without what admission sets to another value each time: it would be a change for ever. Where fields change
 * that the code does not name, the server is asked a second time.
 */
async function steady(each: Surveyed, { server, sets }: Survey, patience: Patience): Promise<Verdict> {
  const { verdict, live, manifest, key, object, resource } = each;
  const others = verdict.changes.filter(({ path, masked }) => !masked && valueAt(manifest, path) === undefined);
  const set = sets.get(object.chart);
  if (verdict.action !== 'update' || !others.length || !set || !resource || !manifest) return verdict;
  const request = serverSideApply(key, resource, manifest, OBJECT_MANAGER, { dryRun: true });
  const answer = await attempt(server, request, patience, key);
  if (answer.status !== 200) return verdict;
  const membership = { id: set.planned.id, siblings: new Set<string>() };
  const again = verdictFromDryRun({ ...object, key, manifest }, live, answer, membership).changes;
  const restless = others.filter(({ path, to }) => {
    const second = again.find((change) => change.path === path);
    return second !== undefined && !sameValue(second.to, to);
  });
  if (!restless.length) return verdict;
  const changes = verdict.changes.filter((change) => !restless.includes(change));
  const note = `set by admission, to another value each time: ${some(
    restless.map(({ path }) => path),
    5,
  )}`;
  return { ...verdict, action: changes.length ? 'update' : 'unchanged', changes, notes: [...verdict.notes, note] };
}

/** A kind that left its group goes on in another one. */
function moved(refusal: Refusal, { key }: Surveyed, { discovery }: Survey): Refusal {
  const elsewhere = discovery.listable.filter(({ kind }) => kind === key.kind).map(({ apiVersion }) => apiVersion);
  if (!elsewhere.length || /; it serves /.test(refusal.message)) return refusal;
  return { ...refusal, message: `${refusal.message}; it serves ${key.kind} of ${elsewhere.join(', ')}` };
}

function isOn({ group, resource, namespace }: Permission, each: Surveyed): boolean {
  return on(addressed(each), 'patch').some(
    (one) => one.group === group && one.resource === resource && one.namespace === namespace,
  );
}

/** What the run will ask for and no dry-run has shown to be allowed. */
function neededNow(survey: Survey): Permission[] {
  const { plane } = survey.server;
  const written = [...survey.objects.values()].flatMap((each) => {
    const { verdict, live, resource } = each;
    const isForbidden = verdict.refusal?.reason === 'forbidden';
    const reads = isForbidden && !live ? ['get'] : [];
    const isWrite = verdict.action === 'create' || verdict.action === 'update';
    if (verdict.action === 'replace') return on(addressed(each), 'delete', 'create', 'patch');
    if (!resource || !(isForbidden || (isWrite && verdict.notes.length))) return [];
    return on(addressed(each), ...reads, 'patch', ...(live ? [] : ['create']));
  });
  const records = [...survey.sets.values()].flatMap(({ planned: { action, key } }) => {
    const verbs = { create: ['create', 'patch'], update: ['patch'], delete: ['delete'], unchanged: [] }[action];
    return on({ plane, key, plural: 'configmaps', manifest: undefined }, ...verbs);
  });
  const deleted = [...survey.sets.values()]
    .flatMap(({ leaving }) => leaving)
    .flatMap(({ planned, resource, live }) =>
      planned.action !== 'keep' && resource
        ? on(
            { plane, key: planned.key, plural: resource.plural, manifest: live },
            planned.action === 'prune' ? 'delete' : 'patch',
          )
        : [],
    );
  const needed = [...written, ...records, ...deleted];
  return distinct(needed.length ? [...needed, ...locks(survey)] : []);
}

/** Whoever writes holds the lock of each chart. */
function locks({ server, sets }: Survey): Permission[] {
  return [...sets.values()].flatMap(({ planned: { key } }) => {
    const lease = { ...key, apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    return on({ plane: server.plane, key: lease, plural: 'leases', manifest: undefined }, 'create', 'update');
  });
}

/** An object as permissions are about it. */
export function addressed({ object, key, resource }: Surveyed): AddressedObject {
  const { plane, manifest, shared } = object;
  return { plane, key, plural: resource?.plural ?? '', manifest, shared };
}

function needsNamespace({ verdict, live, key }: Surveyed): boolean {
  return !live && key.namespace !== '' && ['create', 'refused'].includes(verdict.action);
}

/** Why nothing can be made in a namespace, by its name. */
async function namespaceTroubles(
  { server, objects }: Survey,
  { window, patience }: PreflightOptions,
): Promise<Map<string, string>> {
  const inSet = new Set<string>(namespacesIn([...objects.values()].map(({ object }) => object)));
  const names = [...objects.values()].filter(needsNamespace).map(({ key }) => key.namespace);
  const troubles = new Map<string, string>();
  const asked = [...new Set(names)].filter((name) => !inSet.has(name));
  await inWindow(window, asked, async (name) => {
    const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
    const { status, body } = await attempt(server, { method: 'GET', path }, patience);
    const trouble = namespaceTrouble(name, status, body);
    if (trouble) troubles.set(name, trouble);
  });
  return troubles;
}

function namespacesIn(objects: readonly DesiredObject[]): string[] {
  return objects.filter(({ key }) => key.kind === 'Namespace' && key.apiVersion === 'v1').map(({ key }) => key.name);
}
