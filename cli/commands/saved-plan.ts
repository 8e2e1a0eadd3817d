import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { version } from '../../package.json';
import { planDigests } from '../apply/plan-digests';
import { Preparation, type RunOptions, type Servers } from '../apply/preparation';
import type { Input } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Plan } from '../plan/plan';
import { readSavedPlan, type SavedPlan, savedPlan, staleness } from '../plan/saved-plan';
import type { Context } from './context';
import { writeFiles } from './output-file';

/** What a saved plan is made of besides its servers. */
export interface SavedRun {
  readonly preparation: Preparation;
  readonly plan: Plan;
  readonly instance: string;
  readonly only?: string;
  readonly startMs: number;
}

/** Writes a plan to a file, without a value of anything. */
export async function savePlan(file: string, run: SavedRun, context: Context): Promise<void> {
  const { preparation, plan, instance, only, startMs } = run;
  const salt = randomBytes(16).toString('hex');
  const { planes, objects, others } = await planDigests(preparation, plan, salt, startMs);
  const { allowed = [], prune = true, replace = [] } = preparation.options;
  const saved = savedPlan({
    toolVersion: version,
    instance,
    ...(only === undefined ? {} : { only }),
    time: new Date(startMs).toISOString(),
    planes,
    salt,
    objects: objects.map(({ writers: _, ...each }) => each),
    others,
    leave: { allowed, prune, count: plan.totals.prune },
    replace,
  });
  writeFiles([{ file, option: '--out', text: `${JSON.stringify(saved, null, 2)}\n` }], context);
}

/** Reads a plan that `plan --out` wrote. */
export function openSavedPlan(file: string, context: Context): SavedPlan {
  const saved = readSavedPlan(textOf(file, context));
  if (saved) return saved;
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `"${file}" is no saved plan`,
      at: `--plan ${file}`,
      fix: 'name a file that `cdk8s-karmada plan --out` wrote',
    },
  ]);
}

function textOf(file: string, context: Context): string {
  try {
    return readFileSync(resolve(context.cwd, file), 'utf8');
  } catch (error) {
    const what = `"${file}" cannot be read: ${(error as NodeJS.ErrnoException).code}`;
    throw new CommandError(ExitCode.USAGE, [
      { what, at: `--plan ${file}`, fix: 'name a file that `cdk8s-karmada plan --out` wrote' },
    ]);
  }
}

/** The plan as it is now, which is the saved one or a part of it that is left to do; throws when it is not. */
export async function stillPlanned(
  saved: SavedPlan,
  input: Input,
  servers: Servers,
  options: RunOptions & { readonly only?: string },
): Promise<Plan> {
  const preparation = await Preparation.make(input, servers, options);
  const plan = preparation.plan();
  // managers are recorded by the second
  const sinceMs = Math.floor(Date.parse(saved.time) / 1000) * 1000;
  const digests = await planDigests(preparation, plan, saved.salt, sinceMs);
  const { instance } = input;
  const troubles = staleness(saved, {
    ...digests,
    toolVersion: version,
    instance,
    only: options.only,
    nowMs: options.now(),
  });
  if (troubles.length) throw new CommandError(ExitCode.STALE, troubles);
  return plan;
}
