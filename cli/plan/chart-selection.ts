import type { Trouble } from '../../src/core/private/trouble';
import type { ChartInput, Input } from './chart-input';
import { CommandError, ExitCode } from './command-error';

/** What a run is to be about. */
export interface InputSelection {
  /** Name of the instance; needed when the input holds several. */
  readonly instance?: string;
  /** Construct path of the only chart to apply. */
  readonly only?: string;
}

/** The charts of one instance, and which of them the run applies. */
export function select(charts: readonly ChartInput[], selection: InputSelection): Input {
  const instances = [...new Set(charts.map((chart) => chart.instance))].sort();
  const { instance = instances[0], only } = selection;
  if ((selection.instance === undefined && instances.length > 1) || !instances.includes(instance)) {
    throw new CommandError(ExitCode.USAGE, [whichInstance(selection.instance, instances)]);
  }
  const all = charts.filter((chart) => chart.instance === instance);
  const applied = only === undefined ? all : all.filter((chart) => chart.path === only);
  if (!applied.length) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `instance "${instance}" has no chart "${only}" in the input`,
        fix: `--only takes the construct path of a chart: ${all
          .map((chart) => chart.path)
          .sort()
          .join(', ')}`,
      },
    ]);
  }
  return { instance, charts: applied, all };
}

function whichInstance(asked: string | undefined, instances: readonly string[]): Trouble {
  const names = instances.map((name) => `"${name}"`).join(', ');
  return asked === undefined
    ? { what: `the input holds ${instances.length} instances: ${names}`, fix: 'choose one with --instance <name>' }
    : { what: `there is no instance "${asked}" in the input`, fix: `choose one of ${names} with --instance <name>` };
}
