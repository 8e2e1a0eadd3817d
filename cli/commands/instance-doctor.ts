import { hostSnapshot } from '../apply/instance/host-snapshot';
import { hostedInstanceNamed, hostedInstances, pkiPlanOf } from '../apply/instance/hosted-instances';
import { instanceSnapshot } from '../apply/instance/instance-snapshot';
import type { Planes } from '../apply/planes';
import { type Input, readCharts } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import { type DoctorReport, examine, exitCodeOf } from '../plan/instance/doctor/check';
import { HOST_CHECKS } from '../plan/instance/doctor/host-checks';
import { INSTANCE_CHECKS } from '../plan/instance/doctor/instance-checks';
import { byName, type HostedInstance } from '../plan/instance/hosted-instance';
import { doctorText } from '../render/doctor-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { hasInput, readInput } from './input';
import { nameInInput } from './instance-code';
import { planesFor } from './instance-servers';
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
  const planes = input ? planesOf(documents, input, options, context, ['host']) : planesFor('', options, context);
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

/** An instance that its host knows, whether or not any code still names it. */
async function instanceReport(given: string | undefined, options: DoctorOptions, context: Context): Promise<Examined> {
  const signal = context.interrupts();
  const asked = given ?? options.instance ?? (await nameInInput(options, context));
  const planes = planesFor(asked ?? '', options, context);
  let own: Planes | undefined;
  try {
    const host = await planes.host();
    const patience = { signal };
    const hosted =
      asked === undefined
        ? onlyInstance(await hostedInstances(host, patience), host.name)
        : await hostedInstanceNamed(host, asked, patience);
    const openKarmada = () => {
      own = planesFor(hosted.instanceName, options, context, pkiPlanOf(hosted));
      return own.karmada();
    };
    const snapshot = await instanceSnapshot({ host, hosted, openKarmada, now: context.now, signal });
    const { instanceName: instance, version, namespace } = hosted;
    const patient = `${instance}, Karmada ${version} in namespace ${namespace} of ${host.name ?? host.url}`;
    return { patient, instance, report: examine(INSTANCE_CHECKS, snapshot) };
  } finally {
    await Promise.all([planes.close(), own?.close()]);
  }
}

function onlyInstance(instances: readonly HostedInstance[], at?: string): HostedInstance {
  if (instances.length === 1) return instances[0];
  const names = byName(instances).map(({ instanceName }) => `"${instanceName}"`);
  const [what, fix] = names.length
    ? [`the host has ${names.length} instances`, `name one of them: ${names.join(', ')}`]
    : ['the host has no instance', 'look at the host itself with --host, or give the right one with --host-context'];
  throw new CommandError(ExitCode.USAGE, [{ what, at, fix }]);
}
