import { endOf, withoutData } from '../apply/instance/instance-destruction';
import { retain } from '../apply/instance/retaining';
import { CommandError, ExitCode } from '../plan/command-error';
import type { HostedInstance } from '../plan/instance/hosted-instance';
import { canAnswer, expectTyped } from './confirm';
import type { Context } from './context';
import { type DestructionOptions, destroying } from './destroy';
import { type AtHost, type HostOptions, withInstance } from './instance-servers';

export interface InstanceDestroyOptions extends DestructionOptions, HostOptions {
  /** Shows what would be deleted, and no more. */
  readonly plan?: boolean;
  readonly deleteData?: boolean;
  readonly leaveMembers?: boolean;
  /** Deletes a control plane that is to be retained. */
  readonly release?: boolean;
}

/** Deletes a control plane that its host knows, or lets it be, as its `deletion` says. */
export async function instanceDestroy(
  name: string,
  options: InstanceDestroyOptions,
  context: Context,
): Promise<number> {
  const { deleteData = false, leaveMembers = false, plan: planOnly = false } = options;
  return destroying(options, context, (signal, carryOut) =>
    withInstance(name, options, context, async (found) => {
      const { host, hosted, patience } = found;
      if (hosted.deletion === 'retain' && !options.release) return letBe(found, options, context, signal);
      const reached = await found.karmada();
      const isNamed = options.karmadaContext !== undefined || options.karmadaKubeconfig !== undefined;
      if (isNamed && 'silent' in reached) throw notReached(hosted, reached.silent);
      const end = await endOf(host, hosted, reached, { deleteData, leaveMembers }, { ...patience, signal });
      const refusal = end.troubles.length ? new CommandError(ExitCode.CONFLICT, end.troubles) : undefined;
      return carryOut({ ...end, name, refusal, shown: withoutData, planOnly });
    }),
  );
}

function notReached({ instanceName }: HostedInstance, silent: string): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `the Karmada that was named does not answer: ${silent}`,
      at: `instance "${instanceName}"`,
      fix: 'correct --karmada-context, or leave it out: then it is found through the host, and passed over when it is gone',
    },
  ]);
}

async function letBe(
  { host, hosted, patience }: AtHost,
  options: InstanceDestroyOptions,
  context: Context,
  signal: AbortSignal,
): Promise<number> {
  const { instanceName, namespace, retained } = hosted;
  const due = retained === undefined;
  if (due && !options.plan) {
    if (!options.yes) await askToLetBe(instanceName, context);
    await retain(host, hosted, {
      holder: context.who,
      steal: options.stealLock,
      patience: { ...patience, signal },
      now: context.now,
      tell: (_, text) => context.stderr.write(`warning: ${text}\n`),
    });
  }
  const since = retained ? ` since ${retained}` : '';
  const kept = `instance "${instanceName}" is retained${since}: its control plane goes on running in namespace ${namespace}, and nobody looks after it`;
  if (options.output === 'json') {
    const report = { schema: '1', instance: instanceName, retained: true, namespace, changed: due && !options.plan };
    context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const will = due && options.plan ? kept.replace('is retained', 'will be retained') : kept;
    context.stdout.write(
      `${will}\n  use it: cdk8s-karmada instance kubeconfig ${instanceName}\n  recycle it: cdk8s-karmada instance destroy ${instanceName} --release\n`,
    );
  }
  return due && options.plan ? ExitCode.CHANGES : ExitCode.OK;
}

async function askToLetBe(name: string, context: Context): Promise<void> {
  if (!canAnswer(context)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `instance "${name}" is to be retained: destroy asks for its name before it lets it be, and nobody can answer here`,
        fix: 'add --yes; or --release, so that the control plane is deleted',
      },
    ]);
  }
  context.stderr.write(
    `The control plane of "${name}" is retained: it goes on running, and is no longer looked after.\nType ${name} to go on: `,
  );
  await expectTyped(name, 'not let be', 'nothing was written', context);
}
