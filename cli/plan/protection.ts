import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { APPLY_SET_MANAGER, INVENTORY_MANAGER, OBJECT_MANAGER } from './owned-fields';

/** Why an object that left the code is not deleted. */
export interface Protection {
  readonly why: string;
  /** It may be deleted all the same when a person names it. */
  readonly allowable: boolean;
}

/** Annotations by which people say, to one tool or another, that an object stays when the tool lets go of it. */
const KEEP: { readonly [annotation: string]: RegExp } = {
  'helm.sh/resource-policy': /^keep$/,
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/i,
  'argocd.argoproj.io/sync-options': /(^|,)\s*(Prune=(false|confirm)|Delete=(false|confirm))\s*(,|$)/i,
  'kapp.k14s.io/delete-strategy': /^orphan$/,
  'client.lifecycle.config.k8s.io/deletion': /^detach$/,
  'cli-utils.sigs.k8s.io/on-remove': /^keep$/,
  'pulumi.com/retainOnDelete': /^true$/i,
};

const PROTECTED = 'resourcetemplate.karmada.io/deletion-protected';

/** What Karmada writes on objects that it made on a member cluster. A user's template may carry other keys of these groups. */
const ON_MEMBER_LABELS = [
  'karmada.io/managed',
  'work.karmada.io/permanent-id',
  'resourcebinding.karmada.io/permanent-id',
  'clusterresourcebinding.karmada.io/permanent-id',
];
const ON_MEMBER_ANNOTATIONS = [
  'work.karmada.io/name',
  'work.karmada.io/namespace',
  'resourcebinding.karmada.io/name',
  'resourcebinding.karmada.io/namespace',
  'clusterresourcebinding.karmada.io/name',
  'resourcetemplate.karmada.io/uid',
];

/** Kinds whose end takes more with it than themselves: data, all objects of a kind or a namespace, a member cluster. */
const HEAVY: { readonly [kind: string]: string } = {
  Namespace: 'with a Namespace everything in it is deleted',
  'CustomResourceDefinition.apiextensions.k8s.io': 'with a definition all objects of its kind are deleted',
  PersistentVolume: 'it holds data',
  PersistentVolumeClaim: 'it holds data',
  'Cluster.cluster.karmada.io': 'with a Cluster what Karmada runs there is removed from it',
  'Karmada.operator.karmada.io': 'with it a whole control plane is deleted',
};

/** Appliers that write without server-side apply. */
const APPLIERS = /^(kubectl-client-side-apply|helm|argocd-controller|kapp|kapp-server|pulumi-kubernetes.*)$/;

/** What keeps a live object from being deleted, if anything does; the first that nothing lifts, else the first. */
export function protectionOf(live: any, key: ObjectKey): Protection | undefined {
  const all = protections(live, key);
  return all.find(({ allowable }) => !allowable) ?? all[0];
}

function protections(live: any, key: ObjectKey): Protection[] {
  const { labels = {}, annotations = {}, ownerReferences = [] } = live.metadata;
  const found: Protection[] = [];
  const copied =
    ON_MEMBER_LABELS.find((name) => labels[name] !== undefined) ??
    ON_MEMBER_ANNOTATIONS.find((name) => annotations[name] !== undefined);
  if (copied) found.push(never(`Karmada made it on this cluster as a member (${copied})`));
  for (const { kind, name } of ownerReferences.slice(0, 1)) found.push(never(`it belongs to ${kind}/${name}`));
  const told = toldToStay(live);
  if (told) found.push(never(told));
  if (labels[PROTECTED] === 'Always') {
    found.push(never(`it is protected: take the label ${PROTECTED} away in the code, apply, and then leave it out`));
  }
  const maker = madeBy(live);
  if (maker) found.push({ why: maker, allowable: true });
  const heavy = HEAVY[fullKind(key)];
  if (heavy) found.push({ why: heavy, allowable: true });
  return found;
}

/** The annotation by which a person keeps it, in words. */
export function toldToStay({ metadata: { annotations = {} } }: any): string | undefined {
  const name = Object.keys(KEEP).find((each) => KEEP[each].test(annotations[each] ?? ''));
  return name && `it has the annotation ${name}: ${annotations[name]}`;
}

function never(why: string): Protection {
  return { why, allowable: false };
}

/** Somebody else whose it is, wholly or in part. Controllers that fill in a field are nobody. */
function madeBy(live: any): string | undefined {
  const entries: any[] = (live.metadata.managedFields ?? []).filter((entry: any) => !entry.subresource);
  if (!entries.some(isOurs)) {
    const managers = [...new Set(entries.map(({ manager }) => `"${manager}"`))].sort().join(', ');
    return `it was made by ${managers || 'somebody else'}, and only has the label of this chart`;
  }
  const other = entries.find(
    (entry) => !isOurs(entry) && (entry.operation === 'Apply' || APPLIERS.test(entry.manager)) && isAbout(entry),
  );
  return other && `"${other.manager}" applies it, too`;
}

const OURS: readonly string[] = [OBJECT_MANAGER, APPLY_SET_MANAGER, INVENTORY_MANAGER];

/** An entry of ours, one that an apply made; also of the commands that go with it, such as `instance issue`. */
function isOurs({ manager, operation }: any): boolean {
  return OURS.includes(manager) || (operation === 'Apply' && String(manager).startsWith(`${OBJECT_MANAGER}-`));
}

function isAbout({ fieldsV1 }: any): boolean {
  return Object.keys(fieldsV1 ?? {}).length > 0;
}

/** Did the command itself write fields of it, other than the label of its set? */
export function isWrittenByUs(live: any): boolean {
  return (live.metadata.managedFields ?? []).some(
    (entry: any) => entry.manager === OBJECT_MANAGER && entry.operation === 'Apply',
  );
}

/** Kind with its group, as ApplySets write it. */
export function fullKind({ apiVersion, kind }: ObjectKey): string {
  const group = groupOf(apiVersion);
  return group ? `${kind}.${group}` : kind;
}

/** Does more than itself go with an object of this kind? */
export function isHeavy(key: ObjectKey): boolean {
  return HEAVY[fullKind(key)] !== undefined;
}

/** Has a person named this object, or its kind, as one that may be deleted? */
export function isAllowed(key: ObjectKey, allowed: readonly string[]): boolean {
  return isNamed(key, allowed) || [key.kind, fullKind(key)].some((each) => allowed.includes(each));
}

/** Has a person named exactly this object? */
export function isNamed(key: ObjectKey, names: readonly string[]): boolean {
  const { kind, namespace, name } = key;
  const rest = namespace ? `/${namespace}/${name}` : `/${name}`;
  return [kind + rest, fullKind(key) + rest].some((each) => names.includes(each));
}

/** Field managers of others, but for those that only report. */
export function othersIn({ metadata }: any): string[] {
  const entries: any[] = metadata.managedFields ?? [];
  const others = entries.filter((entry) => entry.subresource !== 'status' && !isOurs(entry) && isAbout(entry));
  return [...new Set<string>(others.map(({ manager }) => manager))].sort();
}

/** How an object is named so that it may be deleted. */
export function allowance(key: ObjectKey): string {
  return keyText(key);
}
