import { groupOf } from '../../../src/core/object-key';
import { condition, isBehind, words } from './condition';
import { contentDiffers } from './content';
import { scheduled } from './karmada-kinds';
import { type ClusterProgress, memberProgress } from './member-progress';
import { current, failed, inProgress, NO_GRACE_MS, type Readiness } from './verdict';

/** How far down the chain it is waited for. */
export type Until = 'scheduled' | 'applied' | 'healthy';

/** Everything on Karmada's API server that says where a template has got to. */
export interface Propagated {
  /** As the server has it. */
  readonly template: any;
  /** The leaves that the code names. */
  readonly manifest: any;
  /** Of the template, as Karmada named it. */
  readonly binding?: any;
  /** Of the template, on all members. */
  readonly works: readonly any[];
  /** By name. */
  readonly clusters: ReadonlyMap<string, any>;
  /** A policy of the code selects it, so that it has to get somewhere. */
  readonly propagates: boolean;
  /** It was written in this run: what is known of it may be of an earlier state. */
  readonly fresh: boolean;
  /** Versions of the template that have the present content. */
  readonly versions: ReadonlySet<string>;
  /** Has the Work been as it is for long enough that its conditions are about its present form? */
  readonly steady: (work: any) => boolean;
  /** Since when it is looked at. */
  readonly waitedMs: number;
}

/** Steps of the chain, in Karmada's words. */
export type Step = 'NotPropagated' | 'Binding' | 'Scheduling' | 'Rendering' | 'Applying' | 'Health' | 'Status';

/** What a chain is, as a whole and on each member. */
export type Chain = Readiness & {
  /** The step that is not done. */
  readonly step?: Step;
  readonly clusters: readonly ClusterProgress[];
};

/** Which members have to be there. */
export interface Reach {
  readonly until: Until;
  /** `all`; `ready`: those that answer; or so many of them. */
  readonly clusters: 'all' | 'ready' | { readonly number: number } | { readonly percent: number };
}

/** Karmada claims a template at once; after this long it does not. */
const CLAIM_MS = 15_000;
const BY_POLICY = ['propagationpolicy', 'clusterpropagationpolicy'].flatMap((kind) => [
  `${kind}.karmada.io/permanent-id`,
  `${kind}.karmada.io/name`,
]);
const PUBLISHES_GENERATION = new Set(['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'ReplicaSet.apps']);

/** Where a template has got to: each step of the chain has to hold before the next one means anything. */
export function propagation(seen: Propagated, reach: Reach): Chain {
  const { template, binding } = seen;
  if (!isClaimed(template) && !binding) return chain(unclaimed(seen), 'NotPropagated');
  if (!binding) return chain(inProgress('a policy has it, and it has no binding yet'), 'Binding');
  if (!isOfTemplate(seen)) return chain(inProgress('its binding is about an earlier state of it'), 'Binding');
  const targets = targetsOf(binding);
  const decision = isDependency(binding) ? undefined : scheduled(binding);
  if (decision) return chain(decision, 'Scheduling');
  const note = oldRelease(binding);
  if (!targets.length) return chain(inProgress('no cluster is chosen for it'), 'Scheduling');
  if (reach.until === 'scheduled') {
    const chosen = targets.map((cluster) => ({ cluster, state: 'scheduled' as const, detail: '' }));
    return chain(current(note), 'Scheduling', chosen);
  }
  const members = targets.map((cluster) => memberProgress(cluster, seen, reach.until));
  const open = members.filter(({ state }) => state !== 'done');
  if (members.length - open.length < needed(members, reach.clusters)) {
    const [worst] = [...open].sort((a, b) => rank(a) - rank(b));
    return chain(worstOf(worst, open.length), STEPS[worst.state], members);
  }
  const late = reach.until === 'healthy' && !open.length ? statusLags(template) : undefined;
  return chain(late ?? current(openNote(open) ?? note), 'Status', members);
}

const STEPS = {
  scheduled: 'Scheduling',
  rendering: 'Rendering',
  applying: 'Applying',
  health: 'Health',
  done: 'Status',
} as const;

function chain(readiness: Readiness, step: Step, clusters: readonly ClusterProgress[] = []): Chain {
  return { ...readiness, ...(readiness.state === 'current' ? {} : { step }), clusters };
}

function isClaimed({ metadata }: any): boolean {
  return BY_POLICY.some((key) => metadata.labels?.[key] !== undefined || metadata.annotations?.[key] !== undefined);
}

function unclaimed({ propagates, fresh, waitedMs }: Propagated): Readiness {
  if (waitedMs < CLAIM_MS && (fresh || propagates)) return inProgress('no policy has it yet');
  if (!propagates) return current('it stays on the control plane: no policy selects it');
  return failed('no policy matches it (NotPropagated)', NO_GRACE_MS);
}

/**
 * Is the binding about the template as it is? Its version is that of the last change of content: Karmada does not follow
 * changes of a status, so a version that was not seen is judged by what the Works hold.
 */
function isOfTemplate({ binding, template, manifest, versions, fresh, works }: Propagated): boolean {
  const { uid, resourceVersion } = binding.spec?.resource ?? {};
  if (uid !== undefined && uid !== template.metadata.uid) return false;
  if (!fresh || resourceVersion === undefined || versions.has(resourceVersion)) return true;
  const generation = template.metadata.generation ?? 0;
  if (generation > 0) return works.some((work) => generationIn(work) >= generation);
  return works.length > 0 && works.every((work) => !contentDiffers(manifest ?? template, work));
}

/** Generation of the template that a Work was rendered from; 0 when it says none. */
export function generationIn(work: any): number {
  const manifest = work.spec?.workload?.manifests?.[0];
  return Number(manifest?.metadata?.annotations?.['resourcetemplate.karmada.io/generation'] ?? 0);
}

/** Sent along with the templates that need it, so nothing is scheduled for it alone. */
function isDependency({ spec }: any): boolean {
  return !spec?.clusters?.length && (spec?.requiredBy?.length ?? 0) > 0;
}

/** Clusters that are to have the object. */
export function targetsOf({ spec }: any): string[] {
  const own: any[] = spec?.clusters ?? [];
  const along: any[] = (spec?.requiredBy ?? []).flatMap(({ clusters }: any) => clusters ?? []);
  return [...new Set([...own, ...along].map(({ name }) => name as string))].sort();
}

function oldRelease(binding: any): string | undefined {
  const unknown = binding.status?.schedulerObservedGeneration === undefined && !isDependency(binding);
  return unknown ? 'this Karmada does not say which state of it was scheduled' : undefined;
}

function needed(members: readonly ClusterProgress[], clusters: Reach['clusters']): number {
  if (clusters === 'all') return members.length;
  if (clusters === 'ready') return members.filter(({ down }) => !down).length;
  const wanted = 'number' in clusters ? clusters.number : Math.ceil((members.length * clusters.percent) / 100);
  return Math.min(wanted, members.length);
}

/** What is wrong on the worst of the members, and how many there are besides. */
function worstOf({ cluster, detail, failedGraceMs }: ClusterProgress, open: number): Readiness {
  const message = `${cluster}: ${detail}${open > 1 ? ` (and ${open - 1} more)` : ''}`;
  return failedGraceMs === undefined ? inProgress(message) : failed(message, failedGraceMs);
}

function rank({ failedGraceMs, down, state }: ClusterProgress): number {
  if (failedGraceMs !== undefined) return 0;
  return (down ? 1 : 2) + ['rendering', 'applying', 'health'].indexOf(state);
}

function openNote(open: readonly ClusterProgress[]): string | undefined {
  return open.length
    ? `not waited for: ${open.map(({ cluster, detail }) => `${cluster} (${detail})`).join(', ')}`
    : undefined;
}

/** Karmada sums up the members into the template's own status. */
function statusLags(template: any): Readiness | undefined {
  const kind = `${template.kind}.${groupOf(template.apiVersion ?? '')}`;
  if (!PUBLISHES_GENERATION.has(kind)) return undefined;
  const seen = template.status?.observedGeneration;
  if (seen !== undefined && !isBehind(seen, template)) return undefined;
  return inProgress('its status on Karmada is of an earlier state');
}

/** Why a member does not answer, and since when; undefined when it does. */
export function memberDown(cluster: any): string | undefined {
  const ready = condition(cluster, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  const since = ready.lastTransitionTime ? ` since ${ready.lastTransitionTime}` : '';
  return `the member is not ready${since}: ${words(ready)}`;
}
