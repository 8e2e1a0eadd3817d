import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Waiting } from '../apply/gate';
import { CommandError, ExitCode } from '../plan/command-error';
import { readUserRules } from '../plan/readiness/user-rule';
import type { Context } from './context';

/** Options that say what being ready is. */
export interface WaitingOptions {
  readonly waitClusters?: string;
  readonly readyRules?: string;
}

export function readWaiting(options: WaitingOptions, context: Context): Pick<Waiting, 'clusters' | 'rules'> {
  const { waitClusters, readyRules } = options;
  return {
    ...(waitClusters === undefined ? {} : { clusters: clustersOf(waitClusters) }),
    ...(readyRules === undefined ? {} : { rules: readUserRules(read(readyRules, context), readyRules) }),
  };
}

function clustersOf(text: string): NonNullable<Waiting['clusters']> {
  if (text === 'all' || text === 'ready') return text;
  const [, digits, percent] = /^(\d+)(%?)$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits !== undefined && number > 0 && (!percent || number <= 100))
    return percent ? { percent: number } : { number };
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `"${text}" does not say how many clusters`,
      at: '--wait-clusters',
      fix: 'write all, ready (those that answer), a number such as 2, or a part such as 80%',
    },
  ]);
}

function read(file: string, context: Context): string {
  try {
    return readFileSync(resolve(context.cwd, file), 'utf8');
  } catch (error: any) {
    const fix = 'give the path of a file that can be read';
    throw new CommandError(ExitCode.USAGE, [
      { what: `${file} cannot be read: ${error.code}`, at: '--ready-rules', fix },
    ]);
  }
}
