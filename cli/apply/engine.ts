import { setMaxListeners } from 'node:events';
import type { Input } from '../plan/chart-input';
import { ExitCode } from '../plan/command-error';
import { hasChanges, type Plan } from '../plan/plan';
import type { ApplyEvent, ApplyNews, ApplySummary, ObjectResult, Outcome } from '../plan/progress';
import { Execution, type Wait } from './execution';
import type { Waiting } from './gate';
import { Locks } from './locks';
import { Preparation, type RunOptions, type Servers } from './preparation';
import { refusalOfPlan } from './refusal';
import { type ReadSecret, withSecretValues } from './secret-values';

export interface ApplyOptions extends RunOptions, Waiting {
  /** Reads values of Secrets. @default - none is there */
  readonly readSecret?: ReadSecret;
  /** @default 'ready' */
  readonly wait?: Wait;
  /** How long each gate may take. @default 600000 */
  readonly timeoutMs?: number;
  /** How long all gates may take together. @default 3600000 */
  readonly runTimeoutMs?: number;
  /** Who runs it, for others who find it at work. */
  readonly holder?: string;
  /** Takes the locks of other runs. */
  readonly stealLock?: boolean;
  /** How often the locks are renewed. @default 10000 */
  readonly renewMs?: number;
  /** Hears all that happens, as it happens. */
  tell?(event: ApplyEvent): void;
}

const GATE_MS = 10 * 60 * 1000;
const RUN_MS = 60 * 60 * 1000;

/** What apply would do, from what the servers have now. Writes nothing. */
export async function planLive(input: Input, servers: Servers, options: RunOptions): Promise<Plan> {
  return (await Preparation.make(input, servers, options)).plan();
}

/**
 * Brings the servers to what the input says. Throws, before anything is written, when an object is refused or belongs to
 * somebody else; what fails later is in the summary.
 */
export async function applyInput(input: Input, servers: Servers, options: ApplyOptions): Promise<ApplySummary> {
  const start = options.now();
  const tell = (news: ApplyNews) => options.tell?.({ ...news, atMs: options.now() - start } as ApplyEvent);
  // a Secret never goes out without its values
  const filled = withSecretValues(input, options.readSecret ?? (() => undefined));
  const locks = new Locks({
    holder: options.holder ?? 'cdk8s-karmada',
    steal: options.stealLock,
    renewMs: options.renewMs,
    patience: { signal: options.signal },
    now: options.now,
    tell: ({ plane }, text) => tell({ type: 'warning', plane, text }),
    held: ({ plane, path }, holder) => tell({ type: 'locked', plane, chart: path, holder }),
  });
  const signal = options.signal ? AbortSignal.any([options.signal, locks.lost]) : locks.lost;
  setMaxListeners(0, signal); // every pause listens
  let told = false;
  try {
    const { preparation, plan } = await prepared(filled, servers, {
      ...options,
      signal,
      locks,
      retrying: ({ plane }, key, reason, hurdle) =>
        tell({ type: 'retry', plane, ...(key ? { key } : {}), reason, ...(hurdle ? { hurdle } : {}) }),
      // what is known before is in the plan
      warned: ({ plane }, text) => told && tell({ type: 'warning', plane, text }),
    });
    tell({ type: 'plan', plan });
    told = true;
    const refusal = refusalOfPlan(plan, options);
    if (refusal) throw refusal;
    const {
      wait = 'ready',
      timeoutMs = GATE_MS,
      runTimeoutMs = RUN_MS,
      clusters,
      rules,
      failFast,
      silenceMs,
    } = options;
    const waiting = { wait, clusters, rules, failFast, silenceMs, timeoutMs, endMs: start + runTimeoutMs };
    const execution = new Execution(preparation, { ...waiting, tell });
    await execution.run();
    const locked = locks.refused || (locks.lost.aborted && !options.signal?.aborted);
    const summary = summaryOf(execution, plan, signal.aborted, locked, options.now() - start);
    tell({ type: 'summary', summary });
    return summary;
  } finally {
    await locks.release();
  }
}

/** Times that a plan is made again because another run ended while it was made. */
const REPLANS = 5;

/** What is to be done, with the locks to do it: made again when another run was at the same charts meanwhile. */
async function prepared(input: Input, servers: Servers, options: RunOptions & { readonly locks: Locks }) {
  for (let n = 0; ; n++) {
    const preparation = await Preparation.make(input, servers, options);
    const plan = preparation.plan();
    const idle = refusalOfPlan(plan, options) || !hasChanges(plan);
    if (idle || (await options.locks.take()) || n === REPLANS) return { preparation, plan };
  }
}

function summaryOf(
  execution: Execution,
  plan: Plan,
  interrupted: boolean,
  locked: boolean,
  elapsedMs: number,
): ApplySummary {
  const { pruning } = execution;
  const results = [...execution.results.values()];
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  const isProblem = ({ outcome }: ObjectResult) => outcome === 'failed' || outcome === 'blocked';
  const problems = results.filter(isProblem);
  const lost = execution.unready.some((each) => each.failed);
  const failed = count('failed') > 0 || lost || (problems.length > 0 && !execution.timedOut) || execution.unrecorded;
  const pruned = pruning.results.filter(({ outcome }) => outcome === 'pruned').length;
  const withdrawn = pruning.results.filter(({ outcome }) => outcome === 'withdrawn').length;
  const unpruned = plan.totals.prune + plan.totals.withdraw - pruned - withdrawn;
  const unread = plan.prunes.some((each) => each.unread) || execution.unread;
  const codes: readonly (readonly [boolean, number])[] = [
    [locked, ExitCode.LOCKED],
    [interrupted, ExitCode.INTERRUPTED],
    [failed, ExitCode.FAILED],
    [execution.timedOut || pruning.timedOut, ExitCode.TIMED_OUT],
    [unpruned > 0 || unread, ExitCode.INCOMPLETE],
  ];
  return {
    created: count('created'),
    updated: count('updated'),
    replaced: count('replaced'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    blocked: count('blocked'),
    issued: execution.issued,
    ...(execution.restarted ? { restarted: execution.restarted } : {}),
    pruned,
    withdrawn,
    unpruned,
    exitCode: codes.find(([holds]) => holds)?.[1] ?? ExitCode.OK,
    problems: [...problems, ...pruning.results.filter(isProblem)],
    unready: execution.unready,
    interrupted,
    elapsedMs,
  };
}
