import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import type { ObjectFinding } from '../render/plan-findings';
import { findingTrouble } from './checks';

/** Option of plan and apply. */
export interface WarningOptions {
  readonly warningsAsErrors?: boolean;
}

/** With `--warnings-as-errors`, throws for every finding that nobody has acknowledged and every warning of a server. */
export function refuseWarnings(plan: Plan, findings: readonly ObjectFinding[], options: WarningOptions): void {
  if (!options.warningsAsErrors) return;
  const open = findings.filter(({ finding }) => finding.acknowledged === undefined);
  const troubles: Trouble[] = [
    ...open.map(({ finding, document }) => findingTrouble(finding, document)),
    ...(plan.warnings ?? []).map((what) => ({ what, fix: 'follow the advice of the server; nothing was written' })),
  ];
  if (troubles.length) throw new CommandError(ExitCode.INVALID_INPUT, troubles);
}

/** The same for what servers warned of only when they were written to. */
export function refuseLateWarnings(warnings: readonly string[], options: WarningOptions): void {
  if (!options.warningsAsErrors || !warnings.length) return;
  throw new CommandError(
    ExitCode.FAILED,
    warnings.map((what) => ({ what, fix: 'follow the advice of the server; it came when this was written' })),
  );
}
