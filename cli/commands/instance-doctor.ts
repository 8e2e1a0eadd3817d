import { hostSnapshot } from '../apply/instance/host-snapshot';
import { Planes } from '../apply/planes';
import { type Input, readCharts } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { type DoctorReport, examine, exitCodeOf } from '../plan/instance/doctor/check';
import { HOST_CHECKS } from '../plan/instance/doctor/host-checks';
import { doctorText } from '../render/doctor-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { hasInput, readInput } from './input';
import { coloured } from './options';
import { planesOf, type ServerOptions } from './servers';

export interface DoctorOptions extends ServerOptions {
  /** Before an installation. */
  readonly host?: boolean;
}

/** What ails an instance, or the host that it is to be installed on: each with a cause and a fix. */
export async function doctor(name: string | undefined, options: DoctorOptions, context: Context): Promise<number> {
  const { patient, instance, report } = options.host
    ? await hostReport(name ?? options.instance, options, context)
    : await instanceReport(name, options, context);
  if (options.output === 'json') {
    const whole = { schema: '1', ...(instance === undefined ? {} : { instance }), ...report };
    context.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  } else {
    context.stdout.write(doctorText(report, patient, paint(coloured(context.stdout, options, context))));
  }
  return exitCodeOf(report);
}

interface Examined {
  /** Who was looked at, in words. */
  readonly patient: string;
  readonly instance?: string;
  readonly report: DoctorReport;
}

/** The host of the instance in the input; without input, the host for itself. */
async function hostReport(name: string | undefined, options: DoctorOptions, context: Context): Promise<Examined> {
  const documents = hasInput(options.filename, context) ? await readInput(options.filename, context) : [];
  const input = documents.length ? readCharts(documents, { instance: name }) : undefined;
  if (input && !input.all.some(({ plane }) => plane === 'host')) throw notInstalled(input);
  const planes = input ? planesOf(documents, input, options, context, ['host']) : barePlanes(options, context);
  try {
    const host = await planes.host();
    const signal = context.interrupts();
    const report = examine(HOST_CHECKS, await hostSnapshot({ host, now: context.now, input, signal }));
    const where = host.name ?? host.url;
    if (!input) return { patient: `host, ${where}`, report };
    return { patient: `host of ${input.instance}, ${where}`, instance: input.instance, report };
  } finally {
    await planes.close();
  }
}

function notInstalled({ instance }: Input): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `the input does not install "${instance}": it has no chart for a host`,
      fix: 'give the input of a MulticloudInstance; or run it in another folder, for the host alone',
    },
  ]);
}

function barePlanes({ hostContext, hostKubeconfig }: DoctorOptions, context: Context): Planes {
  return new Planes({
    instance: '',
    instances: [],
    needs: ['host'],
    flags: { hostContext, hostKubeconfig },
    folder: context.cwd,
    workingFolder: context.cwd,
    environment: context.env,
  });
}

async function instanceReport(
  _name: string | undefined,
  _options: DoctorOptions,
  _context: Context,
): Promise<Examined> {
  throw new CommandError(ExitCode.USAGE, [
    { what: 'doctor of an instance is not part of this release', fix: 'add --host' },
  ]);
}
