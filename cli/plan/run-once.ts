import { createHash } from 'node:crypto';
import type { ObjectKey } from '../../src/core/object-key';
import { type Member, memberId } from './apply-set';
import type { Verdict } from './verdict';

/**
 * What a Job that deletes itself does, as a digest: it is gone when it is done, and would run again though nothing has
 * changed. Undefined for all others.
 */
export function runOf({ kind, apiVersion, spec }: any): string | undefined {
  if (kind !== 'Job' || apiVersion !== 'batch/v1' || typeof spec?.ttlSecondsAfterFinished !== 'number')
    return undefined;
  return createHash('sha256').update(JSON.stringify(spec)).digest('base64url').slice(0, 16);
}

/** The member as the record has it, when that ran and is gone: it stays in the record. */
export function remembered(member: Member, recorded: readonly Member[]): Member {
  const { run, uid } = member;
  if (run === undefined || uid !== undefined) return member;
  return recorded.find((each) => memberId(each) === memberId(member) && hasRun(each, run)) ?? member;
}

/** Nothing is sent for what ran already and is gone. */
export function ranAlready(manifest: any, key: ObjectKey, recorded: readonly Member[]): Verdict | undefined {
  const run = runOf(manifest);
  const ran = run !== undefined && recorded.some((each) => memberId(each) === memberId(key) && hasRun(each, run));
  const notes = ['it ran, and is removed: it runs again when its spec changes'];
  return ran ? { action: 'unchanged', changes: [], conflicts: [], notes } : undefined;
}

function hasRun({ uid, run }: Member, wanted: string): boolean {
  return uid !== undefined && run === wanted;
}
