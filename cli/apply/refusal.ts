import { keyText } from '../../src/core/object-key';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import { place } from '../plan/document';
import { permissionLines } from '../plan/permission';
import type { Plan, PlannedObject, PlannedPrune, Replacement } from '../plan/plan';
import { isAllowed } from '../plan/protection';
import { massPrune, massText } from '../plan/prune';
import { notAllowed } from '../plan/replacement';
import type { LeaveOptions } from './departures';

/** Why a plan cannot be applied: every conflict and every refusal at once. Undefined when it can. */
export function refusalOfPlan(plan: Plan, leave: LeaveOptions = {}): CommandError | undefined {
  const refused = plan.objects.filter((object) => object.action === 'refused');
  const conflicts = plan.objects.filter((object) => object.action === 'conflict');
  const unallowed = plan.objects.filter(({ replacement }) => replacement && !replacement.allowed);
  const { allowed = [], allowedCount, prune = true, destroy = false } = leave;
  const undeletable = plan.prunes.filter(({ action, key }) => prune && action === 'keep' && isAllowed(key, allowed));
  const mass = tooMany(plan, destroy, allowedCount);
  const lacking = lackingTroubles(plan);
  const decisions = [...conflicts, ...unallowed];
  if (!refused.length && !decisions.length && !undeletable.length && !mass && !lacking.length) return undefined;
  const forbidden = lacking.length > 0 || refused.some((object) => object.refusal?.reason === 'forbidden');
  const code = forbidden ? ExitCode.DENIED : refused.length ? ExitCode.INVALID_INPUT : ExitCode.CONFLICT;
  return new CommandError(code, [
    ...lacking,
    ...refused.map(refusal),
    ...conflicts.map(conflict),
    ...unallowed.map(replaced),
    ...undeletable.map(undeleted),
    ...(mass ? [mass] : []),
  ]);
}

/** All that the credentials lack on a server at once. */
function lackingTroubles({ lacking = [], planes }: Plan): Trouble[] {
  return planes.flatMap(({ plane, name, url }) => {
    const lines = permissionLines(lacking.filter((each) => each.plane === plane));
    if (!lines.length) return [];
    return {
      what: `${plane} does not allow these credentials:\n${lines.map((line) => `    ${line}`).join('\n')}`,
      at: [name, url].filter(Boolean).join(', '),
      fix: 'have somebody apply the roles that `cdk8s-karmada plan --rbac` prints; nothing was written',
    };
  });
}

/** An object that a person wants deleted, and that is kept. */
function undeleted({ plane, key, why, chart }: PlannedPrune): Trouble {
  return {
    what: `${plane}: ${keyText(key)} is not deleted: ${why}`,
    at: chart,
    fix: 'see to that first, or do not name it with --allow-prune; nothing was written',
  };
}

function tooMany(plan: Plan, destroy: boolean, allowedCount = 0): Trouble | undefined {
  const mass = massPrune(plan);
  const { prune } = plan.totals;
  if (!mass || prune <= allowedCount) return undefined;
  // all of it is meant, and what was made for an instance is in no record
  if (destroy) {
    const what = `${prune} object${prune === 1 ? '' : 's'} would be deleted`;
    return { what, fix: `if that is meant, add --allow-prune ${prune}; nothing was deleted` };
  }
  return {
    what: massText(prune, mass),
    fix: `if that is meant, add --allow-prune ${prune}; if not, see whether the input is whole; nothing was written`,
  };
}

const FIXES = {
  invalid: 'correct the code and synthesize again; nothing was written',
  'unknown-kind': 'install what serves it, or correct apiVersion and kind; nothing was written',
  forbidden: 'use credentials that may do this; nothing was written',
};

function refusal(object: PlannedObject): Trouble {
  const { reason, message } = object.refusal ?? { reason: 'invalid' as const, message: '' };
  return { what: `${name(object)} is refused: ${message}`, at: at(object), fix: FIXES[reason] };
}

function conflict(object: PlannedObject): Trouble {
  const fields = object.conflicts.map(({ path, manager }) => `${path} belongs to ${manager}`);
  return {
    what: `${name(object)} is somebody else's in part: ${fields.join(', ')}`,
    at: at(object),
    fix: 'take these fields out of the code, or have the other manager give them up; nothing was written',
  };
}

function replaced(object: PlannedObject): Trouble {
  const replacement = object.replacement as Replacement;
  return {
    what: `${name(object)} ${notAllowed(replacement)}`,
    at: at(object),
    fix: `allow it with --replace ${replacement.allow}, or take the change back; nothing was written`,
  };
}

function name(object: PlannedObject): string {
  return `${object.plane}: ${keyText(object.key)}`;
}

function at(object: PlannedObject): string {
  return `${object.path} (${place(object.source)})`;
}
