import { keyOf, keyText, type ObjectKey } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { answerText, classify, conflictsOf } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import { holds } from '../../plan/joining/holds';
import { JOIN_MANAGER } from '../../plan/joining/names';
import type { ApiServer } from '../api-server';
import { attempt, Interrupted, type Patience, pause } from '../attempt';
import { objectPath, type Resource } from '../discovery';
import { get } from '../live';
import { serverSideApply } from '../write';

/** Which of the servers of a join. */
export type Where = 'member' | 'karmada' | 'host';

/** One object that a join needs on one of them. */
export interface Step {
  readonly on: Where;
  readonly manifest: any;
  /** Field manager. */
  readonly manager: string;
}

/** A step of the join itself, not of the code. */
export function stepOn(on: Where, manifest: any): Step {
  return { on, manifest, manager: JOIN_MANAGER };
}

export type Outcome = 'unchanged' | 'created' | 'changed';

/** Told what became of each object. */
export type Told = (step: Pick<Step, 'on' | 'manifest'>, outcome: Outcome) => void;

/** What is known of one before anything is written. */
export interface Looked {
  readonly step: Step;
  readonly outcome: Outcome;
  readonly trouble?: Trouble;
}

const NAMESPACED = (plural: string): Resource => ({ plural, namespaced: true });
const WIDE = (plural: string): Resource => ({ plural, namespaced: false });
const RESOURCES: { readonly [kind: string]: Resource } = {
  Cluster: WIDE('clusters'),
  ClusterRole: WIDE('clusterroles'),
  ClusterRoleBinding: WIDE('clusterrolebindings'),
  ConfigMap: NAMESPACED('configmaps'),
  CertificateSigningRequest: WIDE('certificatesigningrequests'),
  Deployment: NAMESPACED('deployments'),
  Lease: NAMESPACED('leases'),
  Namespace: WIDE('namespaces'),
  NetworkPolicy: NAMESPACED('networkpolicies'),
  PodDisruptionBudget: NAMESPACED('poddisruptionbudgets'),
  Role: NAMESPACED('roles'),
  RoleBinding: NAMESPACED('rolebindings'),
  Secret: NAMESPACED('secrets'),
  ServiceAccount: NAMESPACED('serviceaccounts'),
  Work: NAMESPACED('works'),
};

export function resourceOf(kind: string): Resource {
  return RESOURCES[kind];
}

const GONE_EVERY_MS = 250;

/** One server: objects are read first, and written only when they lack something. */
export class Writer {
  constructor(
    readonly on: Where,
    readonly server: ApiServer,
    private readonly patience: Patience,
  ) {}

  async read(key: ObjectKey): Promise<any> {
    const found = await get(this.server, { key, resource: resourceOf(key.kind) }, this.patience);
    if ('refused' in found) throw this.refused(key, found.refused);
    return found.live;
  }

  /** What writing it would do. A dry-run says whether it could be; not where its namespace is missing still. */
  async look(step: Step): Promise<Looked> {
    const { manifest, manager } = step;
    const key = keyOf(manifest);
    const live = await this.read(key);
    if (live === undefined) return { step, outcome: 'created' };
    if (live.metadata.deletionTimestamp !== undefined) return { step, outcome: 'changed', trouble: this.goes(key) };
    if (holds(live, manifest)) return { step, outcome: 'unchanged' };
    const request = serverSideApply(key, resourceOf(key.kind), manifest, manager, { dryRun: true });
    const answer = await attempt(this.server, request, this.patience, key);
    const trouble = answer.status < 300 || answer.status === 404 ? undefined : this.troubleOf(key, answer);
    return { step, outcome: 'changed', trouble };
  }

  /** Writes it unless it is so already. */
  async ensure({ manifest, manager }: Step): Promise<{ readonly outcome: Outcome; readonly live: any }> {
    stopIfAsked(this.patience);
    const key = keyOf(manifest);
    const before = await this.read(key);
    if (before !== undefined && holds(before, manifest)) return { outcome: 'unchanged', live: before };
    const request = serverSideApply(key, resourceOf(key.kind), manifest, manager);
    const answer = await attempt(this.server, request, this.patience, key);
    if (answer.status >= 300) throw this.refused(key, answer);
    return { outcome: before === undefined ? 'created' : 'changed', live: answer.body };
  }

  /** Deletes what was looked at; what is gone already is fine. */
  async remove(key: ObjectKey, live: any): Promise<void> {
    stopIfAsked(this.patience);
    const { uid } = live.metadata;
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', preconditions: { uid } };
    const path = objectPath(key, resourceOf(key.kind));
    const answer = await attempt(this.server, { method: 'DELETE', path, body }, this.patience, key);
    if (answer.status >= 300 && answer.status !== 404) throw this.refused(key, answer);
  }

  /** Is it gone in time? */
  async gone(key: ObjectKey, uid: string, untilMs: number): Promise<boolean> {
    for (;;) {
      const live = await this.read(key);
      if (live === undefined || live.metadata.uid !== uid) return true;
      if (performance.now() >= untilMs || this.patience.signal?.aborted) return false;
      await pause(GONE_EVERY_MS, this.patience.signal);
    }
  }

  private goes(key: ObjectKey): Trouble {
    const fix = 'wait until it is gone, then run it again; see who holds it with `kubectl get -o yaml`';
    return { what: 'it is being deleted', at: `${this.on}: ${keyText(key)}`, fix };
  }

  refused(key: ObjectKey, answer: any): CommandError {
    const kind = classify(answer);
    const code =
      kind === 'forbidden'
        ? ExitCode.DENIED
        : kind === 'conflict' || kind === 'stale'
          ? ExitCode.CONFLICT
          : ExitCode.FAILED;
    return new CommandError(code, [this.troubleOf(key, answer)]);
  }

  private troubleOf(key: ObjectKey, answer: any): Trouble {
    const at = `${this.on}: ${keyText(key)}`;
    const kind = classify(answer);
    if (kind === 'conflict') {
      const owners = conflictsOf(answer.body).map(({ path, manager }) => `${path} belongs to ${manager}`);
      return {
        what: `it is not as it has to be, and others own it: ${owners.join(', ')}`,
        at,
        fix: 'change it with the tool that owns it, or delete it; it is never taken by force',
      };
    }
    if (kind === 'forbidden') return { what: answerText(key, answer), at, fix: 'use credentials that may' };
    return { what: answerText(key, answer), at, fix: 'correct what the server says, then run it again' };
  }
}

/** Takes a step and tells of it. Gives the object as it is then. */
export async function ensure(writer: Writer, step: Step, tell: Told): Promise<any> {
  const { outcome, live } = await writer.ensure(step);
  tell(step, outcome);
  return live;
}

/** Between two writes, and never in the middle of one. */
export function stopIfAsked({ signal }: Patience): void {
  if (signal?.aborted) throw new Interrupted();
}
