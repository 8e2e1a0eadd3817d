import { keyOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import { printable } from '../answer';
import { condition } from '../readiness/condition';
import type { ClusterProgress } from '../readiness/member-progress';
import { type Chain, generationIn, propagation, targetsOf } from '../readiness/propagation';
import type { Foretold } from './foretold';
import { isPaused, isSuspended } from './operation';

/** What a member has, or why that is not known. */
export type OnMember = { readonly live: any } | { readonly unknown: string };

/** All that there is of one template. */
export interface Seen {
  readonly template: any;
  readonly policyKey?: ObjectKey;
  readonly policy?: any;
  readonly binding?: any;
  readonly works: readonly any[];
  readonly clusters: readonly any[];
  readonly members: ReadonlyMap<string, OnMember>;
}

/** Where something on its way is: done, not yet, for good, or not to be. */
export type TraceState = 'done' | 'open' | 'failed' | 'none';

/** One stop on the way from the code to a member. */
export interface TraceStep {
  readonly step: 'template' | 'policy' | 'binding' | 'work' | 'member';
  readonly state: TraceState;
  readonly cluster?: string;
  /** The object of this stop, such as `Work/karmada-es-paris/web-7c1f`. */
  readonly object?: string;
  /** What is there, or what is missing and why. */
  readonly detail: string;
}

/** The way of a template: each step needs those before it. */
export interface Trace {
  readonly key: ObjectKey;
  readonly state: 'done' | 'open' | 'failed';
  readonly steps: readonly TraceStep[];
}

export function traceOf(seen: Seen, foretold?: Foretold): Trace {
  const { template, binding } = seen;
  const chain = propagation(
    {
      template,
      manifest: template,
      binding,
      works: seen.works,
      clusters: new Map(seen.clusters.map((each) => [each.metadata.name, each])),
      propagates: true,
      fresh: false,
      versions: new Set(),
      steady: () => true,
      waitedMs: Number.POSITIVE_INFINITY,
    },
    { until: 'healthy', clusters: 'all' },
  );
  const steps = [templateStep(template), policyStep(seen, foretold), bindingStep(seen, chain)];
  const reached = binding && chain.step !== 'Binding' && chain.step !== 'Scheduling';
  if (reached) for (const progress of chain.clusters) steps.push(...clusterSteps(progress, seen));
  if (binding) {
    const placed = new Set(targetsOf(binding));
    for (const { cluster, placed: wouldBe, reason } of foretold?.verdicts ?? []) {
      if (placed.has(cluster)) continue;
      const detail = wouldBe
        ? 'it would get it if it were placed anew (`workload rebalance`)'
        : (reason ?? 'not chosen');
      steps.push({ step: 'member', state: 'none', cluster, detail });
    }
  }
  const state = chain.state === 'current' ? 'done' : chain.state === 'failed' ? 'failed' : 'open';
  return { key: keyOf(template), state, steps };
}

function templateStep(template: any): TraceStep {
  const { generation, deletionTimestamp } = template.metadata;
  const paused = isPaused(template) ? 'paused' : '';
  const version = generation === undefined ? 'it is there' : `generation ${generation}`;
  const detail = deletionTimestamp
    ? `being deleted since ${deletionTimestamp}`
    : [version, paused].filter(Boolean).join(', ');
  return { step: 'template', state: deletionTimestamp ? 'open' : 'done', object: keyText(keyOf(template)), detail };
}

function policyStep({ policyKey, policy, binding }: Seen, foretold?: Foretold): TraceStep {
  const step = 'policy';
  if (policyKey && !policy) {
    const detail = 'it has the template, and is not there any more: it stays where it is';
    return { step, state: 'failed', object: keyText(policyKey), detail };
  }
  if (policyKey) {
    const lazy = policy.spec?.activationPreference === 'Lazy' ? 'its changes wait for one of the template (Lazy)' : '';
    const stopped = isSuspended(policy) ? 'it is told to send nothing (suspension)' : '';
    const detail = [lazy, stopped].filter(Boolean).join(', ') || 'it has the template';
    return { step, state: stopped ? 'open' : 'done', object: keyText(policyKey), detail };
  }
  if (binding?.spec?.requiredBy?.length) {
    const parents = binding.spec.requiredBy.map(({ namespace, name }: any) => `${namespace}/${name}`).join(', ');
    return { step, state: 'done', detail: `it follows what needs it (binding ${parents})` };
  }
  if (foretold?.policy) {
    const detail =
      'it selects the template, and has not taken it: Karmada has not looked, or waits for a change (Lazy)';
    return { step, state: 'open', object: foretold.policy, detail };
  }
  return { step, state: 'failed', detail: 'no policy selects it, so it stays on the control plane' };
}

function bindingStep({ binding }: Seen, chain: Chain): TraceStep {
  const step = 'binding';
  if (!binding) return { step, state: 'open', detail: 'there is none: nothing decides where it goes' };
  const object = keyText(keyOf(binding));
  if (chain.step === 'Binding' || chain.step === 'Scheduling') {
    const words = 'message' in chain ? chain.message : undefined;
    return { step, state: chain.state === 'failed' ? 'failed' : 'open', object, detail: printable(words ?? 'not yet') };
  }
  const shares = new Map((binding.spec?.clusters ?? []).map(({ name, replicas }: any) => [name, replicas]));
  const detail = targetsOf(binding)
    .map((name) => [name, shares.get(name)].filter((each) => each !== undefined).join(' '))
    .join(', ');
  return { step, state: 'done', object, detail };
}

/** The Work of a cluster, and what the member has. */
function clusterSteps(progress: ClusterProgress, { works, members }: Seen): TraceStep[] {
  const { cluster, state, failedGraceMs, down } = progress;
  const work = works.find(({ metadata }) => metadata.namespace === `karmada-es-${cluster}`);
  const bad: TraceState = failedGraceMs !== undefined ? 'failed' : 'open';
  const detail = printable(progress.detail);
  if (!work) return [{ step: 'work', state: bad, cluster, detail }];
  const { namespace, name } = work.metadata;
  const object = `Work/${namespace}/${name}`;
  const applied = condition(work, 'Applied')?.status === 'True';
  const isOpen = state === 'rendering' || (state === 'applying' && !down);
  const given = generationIn(work) > 0 ? `generation ${generationIn(work)}` : 'rendered';
  const rest = isOpen ? detail : [given, applied ? 'applied' : ''].filter(Boolean).join(', ');
  const own: TraceStep = { step: 'work', state: isOpen ? bad : 'done', cluster, object, detail: rest };
  if (isOpen) return [own];
  return [own, memberStep(progress, members.get(cluster))];
}

function memberStep(
  { cluster, state, detail, failedGraceMs }: ClusterProgress,
  member: OnMember | undefined,
): TraceStep {
  const step = 'member';
  const words = printable(detail);
  if (member && 'live' in member && member.live === undefined) {
    return { step, state: 'failed', cluster, detail: ['it is not there', words].filter(Boolean).join(': ') };
  }
  const seen = member && 'unknown' in member ? `not asked: ${member.unknown}` : '';
  const said = [words || (state === 'done' ? 'it is there' : ''), seen].filter(Boolean).join('; ');
  return {
    step,
    state: state === 'done' ? 'done' : failedGraceMs !== undefined ? 'failed' : 'open',
    cluster,
    detail: said,
  };
}
