import { createHash } from 'node:crypto';
import { keyText, type ObjectKey } from '../../src/core/object-key';
import { type Answer, answerText, classify, printable } from './answer';
import { denierOf } from './denial';
import { fieldChanges } from './field-diff';
import { appliedFields, OBJECT_MANAGER } from './owned-fields';
import { valueAt } from './ownership';
import type { FieldChange, ImmutableField, Replacement } from './plan';
import { isHeavy, isNamed, othersIn, protectionOf } from './protection';
import { some } from './prune';
import { refused, type Verdict } from './verdict';

/** Karmada's own webhooks forbid changes, too; those of anybody else are a policy, which nobody gets round. */
const OF_KARMADA = /^[\w.-]+\.karmada\.io$/;

/**
 * Might what the server refuses about a change be fine for an object that is made anew? It is asked, as no list of fields
 * is ever whole.
 */
export function mayBeReplaced(answer: Answer): boolean {
  const denier = denierOf(String(answer.body?.message ?? ''));
  if (denier !== undefined) return OF_KARMADA.test(denier);
  return answer.status === 422 && classify(answer) === 'invalid';
}

/** The object under a name that nobody has, as it would be made if it were not there. */
export function underAnotherName(key: ObjectKey, manifest: any): { readonly key: ObjectKey; readonly manifest: any } {
  const mark = createHash('sha256').update(keyText(key)).digest('hex').slice(0, 5);
  const name = `${key.name.length > 5 ? key.name.slice(0, -5) : key.name}${mark}`; // no longer than a name may be
  return { key: { ...key, name }, manifest: { ...manifest, metadata: { ...manifest.metadata, name } } };
}

/** What is known about an object that would have to be replaced. */
export interface Replaced {
  readonly key: ObjectKey;
  readonly manifest: any;
  readonly live: any;
  /** What the server says about the change. */
  readonly answer: Answer;
  /** What it would make. */
  readonly made: any;
  /** What goes with it on Karmada. */
  readonly elsewhere: readonly string[];
  /** Objects that a person has named. */
  readonly named: readonly string[];
  /** The object says so itself. */
  readonly saysSo: boolean;
}

/** The verdict about an object that its server would make, and not change: replace it, or not even that. */
export function replaceVerdict(replaced: Replaced): Verdict {
  const { key, live, answer, elsewhere, named, saysSo } = replaced;
  const never = neverReplaced(key, live);
  if (never)
    return refused({ reason: 'invalid', message: `${answerText(key, answer)}; it is never replaced: ${never}` });
  const allow = keyText(key);
  const replacement: Replacement = {
    fields: immutableFields(replaced),
    allow,
    allowed: saysSo || isNamed(key, named),
    losses: [...lossesOf(key, live), ...elsewhere],
  };
  return { action: 'replace', changes: [], conflicts: [], notes: [], replacement };
}

/** Why an object is left as it is that would have to be replaced. */
export function notAllowed({ fields }: Replacement): string {
  return `has to be replaced: ${some(fields.map(({ path, why }) => `${path} (${why})`))}`;
}

/** Why an object is not replaced even where a person says so. */
function neverReplaced(key: ObjectKey, live: any): string | undefined {
  const protection = protectionOf(live, key);
  if (protection && (!protection.allowable || isHeavy(key))) return protection.why;
  const goes = live.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
  return goes ? 'its volume claims would be deleted with it' : undefined;
}

/** The fields that the server names, as far down as the code says something else about them. */
function immutableFields({ key, manifest, live, answer, made }: Replaced): ImmutableField[] {
  const isSecret = key.kind === 'Secret' && key.apiVersion === 'v1';
  const changes = fieldChanges(live, { ...made, metadata: { ...made.metadata, name: live.metadata.name } });
  const ours = changes.filter((change) => isOfCode(change, manifest, live));
  const causes: any[] = answer.body?.details?.causes?.filter(({ field }: any) => field) ?? [];
  if (!causes.length) return [{ path: 'spec', why: words(answerText(key, answer)) }];
  const fields = causes.flatMap(({ field, message }): ImmutableField[] => {
    const why = isSecret ? 'cannot be changed' : words(String(message));
    const inside = ours.filter(
      ({ path }) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
    );
    // what the code does not name may follow from what it does
    const named = inside.length ? inside : changes.filter(({ path }) => path === field);
    return named.length
      ? named.map(({ kind: _, ...change }) => ({ ...change, why }))
      : [{ path: printable(field), why }];
  });
  const byPath = new Map(fields.map((field) => [field.path, field]));
  return [...byPath.values()].filter(
    ({ path }) => ![...byPath.keys()].some((other) => other !== path && isIn(other, path)),
  );
}

function isIn(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

/** A field that the code names, or named before; servers set others to another value each time. */
function isOfCode({ path, kind }: FieldChange, manifest: any, live: any): boolean {
  return (
    valueAt(manifest, path) !== undefined || (kind === 'remove' && appliedFields(live, OBJECT_MANAGER) !== undefined)
  );
}

/** The reason behind the value that a server repeats. */
function words(message: string): string {
  return printable(
    message
      .replace(/^.*denied the request: /s, '')
      .replace(/^(Invalid value: .*|Forbidden|Unsupported value: .*?): /s, ''),
  );
}

const OF_PODS = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController)$/;

/** What a person should know before it is deleted. */
function lossesOf({ kind, apiVersion }: ObjectKey, live: any): string[] {
  const losses: string[] = [];
  if (OF_PODS.test(kind)) losses.push('it is deleted and made anew; its pods are gone meanwhile');
  else if (kind === 'Job') losses.push('it runs again, and what it has finished is forgotten');
  else if (kind === 'Pod') losses.push('it is stopped, and started anew');
  else losses.push('it is deleted and made anew; it is not there meanwhile');
  if (kind === 'Service' && apiVersion === 'v1') losses.push(...addresses(live));
  if (/PropagationPolicy$/.test(kind)) losses.push('what it placed stays, and may be placed anew');
  const others = othersIn(live);
  if (others.length) losses.push(`what others have set on it is lost: ${others.map((each) => `"${each}"`).join(', ')}`);
  return losses;
}

function addresses({ spec, status }: any): string[] {
  const outside: any[] = status?.loadBalancer?.ingress ?? [];
  const known = outside.map(({ ip, hostname }) => ip ?? hostname).filter(Boolean);
  const inside = spec?.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP] : [];
  const all = [...inside, ...known];
  return all.length ? [`it may get other addresses than ${all.join(', ')}`] : [];
}
