import { keyText, type ObjectKey } from '../../../src/core/object-key';
import { classify, conflictsOf } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import {
  assertOnlyFor,
  heldByOthers,
  type Intent,
  isPaused,
  isPausedByUs,
  isSuspended,
  pauseField,
  pauseIntent,
  policyOf,
  restartIntent,
  resumeIntent,
  suspendIntent,
} from '../../plan/day-two/operation';
import { OBJECT_MANAGER } from '../../plan/owned-fields';
import { targetsOf } from '../../plan/readiness/propagation';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';
import type { Resource } from '../discovery';
import { get } from '../live';
import { serverSideApply } from '../write';
import { bindingOf, notAllowed, type Target } from './target';

/** What became of one workload. */
export interface Operated {
  readonly key: ObjectKey;
  /** What was written to: the template, or its policy. Empty when it was so already. */
  readonly written: readonly ObjectKey[];
  /** Clusters that it is on, or is to be on. */
  readonly clusters: readonly string[];
}

/** One thing that can be written to. */
type Written = Pick<Target, 'key' | 'resource'>;

const POLICY: { readonly [kind: string]: Resource } = {
  PropagationPolicy: { plural: 'propagationpolicies', namespaced: true },
  ClusterPropagationPolicy: { plural: 'clusterpropagationpolicies', namespaced: false },
};

/** What is done by a person in between: the code says nothing of it, and an apply of the code leaves it alone. */
export class Rollout {
  constructor(
    private readonly server: ApiServer,
    private readonly patience: Patience,
  ) {}

  /** @param sending stop Karmada from sending anything, instead of the workload itself */
  async pause(target: Target, sending: boolean): Promise<Operated> {
    if (!sending) {
      const intent = pauseIntent(target.live);
      return this.done(target, isPaused(target.live) ? [] : [await this.write(target, intent)]);
    }
    const policy = await this.policy(target);
    if (!policy) throw noPolicy(target.key);
    assertOnlyFor(policy.live, target.live);
    return this.done(target, isSuspended(policy.live) ? [] : [await this.write(policy, suspendIntent(policy.live))]);
  }

  /** Undoes a pause, of either sort. */
  async resume(target: Target): Promise<Operated> {
    const policy = await this.policy(target);
    const written: ObjectKey[] = [];
    if (isPausedByUs(target.live)) written.push(await this.write(target, resumeIntent(target.live)));
    if (policy && isPausedByUs(policy.live)) written.push(await this.write(policy, resumeIntent(policy.live)));
    const [template, sender] = [await this.again(target), policy && (await this.again(policy))];
    if (isPaused(template)) throw heldByOthers(template, pauseField(template));
    if (isSuspended(sender)) throw heldByOthers(sender, 'spec.suspension.dispatching');
    return this.done(target, written);
  }

  /** @param at RFC 3339 */
  async restart(target: Target, at: string): Promise<Operated> {
    return this.done(target, [await this.write(target, restartIntent(target.live, at), true)]);
  }

  private async done(target: Target, written: readonly ObjectKey[]): Promise<Operated> {
    const binding = await bindingOf(this.server, target, this.patience);
    return { key: target.key, written, clusters: binding ? targetsOf(binding) : [] };
  }

  private async policy({ live }: Target): Promise<Target | undefined> {
    const key = policyOf(live);
    if (!key) return undefined;
    const resource = POLICY[key.kind];
    const policy = { key, resource, live: undefined };
    const found = await this.again(policy);
    return found && { ...policy, live: found };
  }

  private async again({ key, resource }: Written): Promise<any> {
    const found = await get(this.server, { key, resource }, this.patience);
    if ('refused' in found) throw notAllowed(this.server, key, found.refused);
    return found.live && { apiVersion: key.apiVersion, kind: key.kind, ...found.live };
  }

  /** `repeatable`: the field says only when, so it may be taken from whoever set it before, but for the code. */
  private async write({ key, resource }: Written, intent: Intent, repeatable = false): Promise<ObjectKey> {
    const request = serverSideApply(key, resource, intent.body, intent.manager);
    let answer = await attempt(this.server, request, this.patience, key);
    if (repeatable && classify(answer) === 'conflict' && !ofCode(answer.body)) {
      answer = await attempt(
        this.server,
        { ...request, query: { ...request.query, force: 'true' } },
        this.patience,
        key,
      );
    }
    const kind = classify(answer);
    if (kind === 'ok') return key;
    if (kind !== 'conflict' && kind !== 'stale') throw notAllowed(this.server, key, answer);
    const owners = conflictsOf(answer.body).map(({ path, manager }) => `${path} belongs to ${manager}`);
    throw new CommandError(ExitCode.CONFLICT, [
      {
        what: `${keyText(key)} was not changed: ${owners.join(', ') || 'somebody else changed it at the same time'}`,
        fix: owners.length ? 'change it in the code, or with the tool that owns it' : 'do it again',
      },
    ]);
  }
}

function ofCode(body: any): boolean {
  return conflictsOf(body).some(({ manager }) => manager.split('"')[0].trim() === OBJECT_MANAGER);
}

function noPolicy(key: ObjectKey): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `no policy sends ${keyText(key)}, so there is nothing to stop`,
      fix: `ask why: \`cdk8s-karmada workload trace ${keyText(key)}\``,
    },
  ]);
}
