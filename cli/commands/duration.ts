import { CommandError, ExitCode } from '../plan/command-error';

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `90s`, `10m` or `1h30m`. */
export function milliseconds(text: string, option: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  if (!parts.length || parts.map(([part]) => part).join('') !== text) {
    throw new CommandError(ExitCode.USAGE, [
      { what: `"${text}" is no duration`, at: option, fix: 'write a number and its unit, such as 90s, 10m or 1h30m' },
    ]);
  }
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}
