import type { ObjectKey } from '../../src/core/object-key';
import { answerText, classify } from '../plan/answer';
import type { Input } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { OBJECT_MANAGER } from '../plan/owned-fields';
import type { PlannedIssue } from '../plan/plan';
import type { ApiServer } from './api-server';
import { attempt, type Patience } from './attempt';
import { collectionPath, type Resource } from './discovery';
import { type Existing, secretValue } from './pki/decision';
import { readExisting } from './pki/existing';
import { describe, issue } from './pki/issue';
import { isPkiPlan, type PkiPlan, readPkiPlan } from './pki/plan';
import { mergeInto, WRITE_MS } from './write';

const SECRETS: Resource = { plural: 'secrets', namespaced: true };

/** The wave before which the Secrets of the PKI plan are issued: everything later mounts them. */
export const ISSUE_WAVE = 1;

/** The keys and certificates of an instance: what is planned, what is there, what is issued. Values stay in memory. */
export class Issuing {
  private constructor(
    /** Undefined when the input has no PKI plan, as for a Karmada that already runs. */
    private readonly plan: PkiPlan | undefined,
    /** Whether this run applies the chart with the plan. */
    private readonly due: boolean,
    private existing: Existing,
  ) {}

  static async read(input: Input, host: ApiServer | undefined): Promise<Issuing> {
    const find = (charts: Input['charts']) =>
      charts.flatMap((chart) => chart.objects).find((object) => object.plane === 'host' && isPkiPlan(object.manifest));
    const configMap = find(input.all);
    const plan = configMap && readPkiPlan(configMap.manifest);
    const existing: Existing = plan && host ? await readExisting(host, plan) : new Map();
    return new Issuing(plan, find(input.charts) !== undefined, existing);
  }

  planned(now: Date): PlannedIssue[] {
    return this.plan && this.due ? describe(this.plan, this.existing, now) : [];
  }

  /** Certificate of an authority, PEM; undefined while it is not issued. */
  authority(secret: string): string | undefined {
    const found = this.existing.get(secret);
    return found && secretValue(found, 'tls.crt');
  }

  /**
   * Writes what is missing or due. What is new is created and never replaces a Secret that somebody else made in the
   * meantime; what is renewed replaces only the Secret that was read.
   */
  async issue(
    host: ApiServer,
    now: Date,
    patience: Patience,
    issued: (key: ObjectKey, what: string) => void,
  ): Promise<number> {
    if (!this.plan || !this.due) return 0;
    this.existing = await readExisting(host, this.plan);
    const words = new Map(this.planned(now).map(({ key, what }) => [key.name, what]));
    const secrets = await issue(this.plan, this.existing, now);
    for (const secret of secrets) {
      const { name, namespace } = secret.metadata;
      const key: ObjectKey = { apiVersion: 'v1', kind: 'Secret', namespace, name };
      const answer = await attempt(host, this.request(key, secret), patience, key);
      if (classify(answer) !== 'ok') throw notIssued(key, answer);
      issued(key, words.get(name) ?? '');
    }
    if (secrets.length) this.existing = await readExisting(host, this.plan);
    return secrets.length;
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
      at: `host: Secret/${key.namespace}/${key.name}`,
      fix: stale ? 'apply again: it goes on with the Secret that is there' : 'mend that and apply again',
    },
  ]);
}
