import { keyText, type ObjectKey } from '../../src/core/object-key';
import { answerText, classify, conflictsOf } from '../plan/answer';
import type { Input } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { ISSUE_MANAGER, OBJECT_MANAGER } from '../plan/owned-fields';
import type { PlannedIssue, PlannedRestart } from '../plan/plan';
import type { ApplyNews } from '../plan/progress';
import type { ApiServer } from './api-server';
import { attempt, Interrupted, type Patience } from './attempt';
import { collectionPath, type Resource } from './discovery';
import { type Existing, secretValue } from './pki/decision';
import { readExisting } from './pki/existing';
import { describe, issue } from './pki/issue';
import { isPkiPlan, type PkiPlan, readPkiPlan } from './pki/plan';
import { recordBefore, restartAfter, restartsOf, type Workload } from './pki/restart';
import { readWorkloads } from './pki/workloads';
import { mergeInto, serverSideApply, WRITE_MS } from './write';

const SECRETS: Resource = { plural: 'secrets', namespaced: true };

/** The wave before which the Secrets of the PKI plan are issued: everything later mounts them. */
export const ISSUE_WAVE = 1;

/** The PKI plan of an input; undefined when it has none, as for a Karmada that already runs. */
export function pkiPlanIn(charts: Input['charts']): PkiPlan | undefined {
  const objects = charts.flatMap((chart) => chart.objects);
  const configMap = objects.find((object) => object.plane === 'host' && isPkiPlan(object.manifest));
  return configMap && readPkiPlan(configMap.manifest);
}

/** The keys and certificates of an instance: what is planned, what is there, what is issued. Values stay in memory. */
export class Issuing {
  private existing: Existing = new Map();
  private workloads: readonly Workload[] = [];
  private readonly started = new Map<string, Workload>();

  private constructor(
    private readonly plan: PkiPlan | undefined,
    /** Whether this run is about the chart with the plan. */
    private readonly due: boolean,
  ) {}

  /** As far as the charts of a run are about it. */
  static async read(input: Input, host: ApiServer | undefined, patience: Patience = {}): Promise<Issuing> {
    const made = new Issuing(pkiPlanIn(input.all), pkiPlanIn(input.charts) !== undefined);
    if (host) await made.look(host, patience);
    return made;
  }

  static async of(plan: PkiPlan, host: ApiServer, patience: Patience): Promise<Issuing> {
    const made = new Issuing(plan, true);
    await made.look(host, patience);
    return made;
  }

  planned(now: Date): PlannedIssue[] {
    return this.plan && this.due ? describe(this.plan, this.existing, now) : [];
  }

  /** Workloads that start anew, for what is issued now or was by a run that did not get so far. */
  restarts(now: Date): PlannedRestart[] {
    return this.plan && this.due ? restartsOf(this.plan, this.existing, this.workloads, now) : [];
  }

  /** Certificate of an authority, PEM; undefined while it is not issued. */
  authority(secret: string): string | undefined {
    const found = this.existing.get(secret);
    return found && secretValue(found, 'tls.crt');
  }

  /** A workload as it is since this run has started it anew; undefined when it has not. */
  restarted(key: ObjectKey): any {
    return this.started.get(keyText(key))?.live;
  }

  /** All workloads that this run has started anew. */
  allRestarted(): Workload[] {
    return [...this.started.values()];
  }

  /**
   * Writes what is missing or due. What is new is created and never replaces a Secret that somebody else made in the
   * meantime; what is renewed replaces only the Secret that was read. What pods have read only at start is written down
   * before it is replaced: whenever this ends, the next run knows whom to start anew.
   */
  async issue(host: ApiServer, now: Date, patience: Patience, tell: (news: ApplyNews) => void): Promise<number> {
    const { plan, due } = this;
    if (!plan || !due) return 0;
    await this.look(host, patience);
    const words = new Map(this.planned(now).map(({ key, what }) => [key.name, what]));
    const why = new Map(this.restarts(now).map((restart) => [keyText(restart.key), restart.why]));
    const secrets = await issue(plan, this.existing, now);
    await this.mark(host, (workload) => recordBefore(plan, this.existing, workload, now), patience);
    for (const secret of secrets) {
      const { name, namespace } = secret.metadata;
      const key: ObjectKey = { apiVersion: 'v1', kind: 'Secret', namespace, name };
      if (patience.signal?.aborted) throw new Interrupted(); // also when the lock was lost
      const answer = await attempt(host, this.request(key, secret), patience, key);
      if (classify(answer) !== 'ok') throw notIssued(key, answer);
      tell({ type: 'issued', key, what: words.get(name) ?? '' });
    }
    if (secrets.length) this.existing = await readExisting(host, plan);
    const restart = (workload: Workload) => restartAfter(plan, this.existing, workload);
    for (const workload of await this.mark(host, restart, patience)) {
      const { key } = workload;
      this.started.set(keyText(key), workload);
      tell({ type: 'restarted', key, why: why.get(keyText(key)) ?? '' });
    }
    return secrets.length;
  }

  private async look(host: ApiServer, patience: Patience): Promise<void> {
    const { plan } = this;
    if (!plan) return;
    const [existing, workloads] = await Promise.all([
      readExisting(host, plan),
      this.due ? readWorkloads(host, plan, patience) : [],
    ]);
    this.existing = existing;
    this.workloads = workloads;
  }

  /** Writes to each workload what there is to say about it; gives those that were written. */
  private async mark(host: ApiServer, manifestOf: (workload: Workload) => any, patience: Patience) {
    const written: Workload[] = [];
    const all: Workload[] = [];
    for (const workload of this.workloads) {
      const { key, plural } = workload;
      const manifest = manifestOf(workload);
      const request = manifest && serverSideApply(key, { plural, namespaced: true }, manifest, ISSUE_MANAGER);
      const answer = request && (await attempt(host, request, patience, key));
      if (answer && classify(answer) !== 'ok') {
        // what is gone has no pods to start anew
        if (['stale', 'absent'].includes(classify(answer))) continue;
        throw notMarked(key, answer);
      }
      const now = answer ? { ...workload, live: answer.body } : workload;
      all.push(now);
      if (answer) written.push(now);
    }
    this.workloads = all;
    return written;
  }

  private request(key: ObjectKey, secret: any) {
    const live = this.existing.get(key.name);
    if (live) return mergeInto(live, key, SECRETS, { type: secret.type, data: secret.data }, OBJECT_MANAGER);
    return {
      method: 'POST' as const,
      path: collectionPath('v1', SECRETS, key.namespace),
      query: { fieldManager: OBJECT_MANAGER, fieldValidation: 'Strict' },
      body: secret,
      timeoutMs: WRITE_MS,
    };
  }
}

function notIssued(key: ObjectKey, answer: { readonly status: number; readonly body: any }): CommandError {
  const stale = classify(answer) === 'stale';
  const code = classify(answer) === 'forbidden' ? ExitCode.DENIED : ExitCode.FAILED;
  return new CommandError(code, [
    {
      what: stale
        ? `Secret "${key.name}" was made or changed by somebody else while it was issued; theirs is kept`
        : `Secret "${key.name}" could not be written: ${answerText(key, answer)}`,
      at: `host: ${keyText(key)}`,
      fix: stale ? 'run it again: it goes on with the Secret that is there' : 'mend that and run it again',
    },
  ]);
}

function notMarked(key: ObjectKey, answer: { readonly status: number; readonly body: any }): CommandError {
  const owners = conflictsOf(answer.body).map(({ path, manager }) => `${path} belongs to ${manager}`);
  return new CommandError(classify(answer) === 'forbidden' ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `${keyText(key)} reads certificates only when it starts, and could not be started anew: ${owners.join(', ') || answerText(key, answer)}`,
      at: `host: ${keyText(key)}`,
      fix: 'mend that and run it again: what is issued stays',
    },
  ]);
}
