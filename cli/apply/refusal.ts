import { keyText } from '../../src/core/object-key';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import { place } from '../plan/document';
import type { Plan, PlannedObject } from '../plan/plan';

/** Why a plan cannot be applied: every conflict and every refusal at once. Undefined when it can. */
export function refusalOfPlan(plan: Plan): CommandError | undefined {
  const refused = plan.objects.filter((object) => object.action === 'refused');
  const conflicts = plan.objects.filter((object) => object.action === 'conflict');
  if (!refused.length && !conflicts.length) return undefined;
  const forbidden = refused.some((object) => object.refusal?.reason === 'forbidden');
  const code = forbidden ? ExitCode.DENIED : refused.length ? ExitCode.INVALID_INPUT : ExitCode.CONFLICT;
  return new CommandError(code, [...refused.map(refusal), ...conflicts.map(conflict)]);
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

function name(object: PlannedObject): string {
  return `${object.plane}: ${keyText(object.key)}`;
}

function at(object: PlannedObject): string {
  return `${object.path} (${place(object.source)})`;
}
