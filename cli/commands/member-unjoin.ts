import { keyText } from '../../src/core/object-key';
import { Interrupted } from '../apply/attempt';
import { type Departure, type Left, leave, planLeave } from '../apply/joining/leave';
import { type MemberAccess, namesMember, openMember } from '../apply/joining/member-server';
import { CommandError, ExitCode } from '../plan/command-error';
import { estimatorNamespace } from '../plan/joining/code';
import { leaveText } from '../render/leave-text';
import { paint } from '../render/paint';
import { count, firsts } from '../render/words';
import { canAnswer, expectTyped } from './confirm';
import type { Context } from './context';
import { milliseconds } from './duration';
import { patienceOf, withFleet } from './fleet-karmada';
import { coloured } from './options';
import type { ServerOptions } from './servers';

export interface MemberUnjoinOptions extends ServerOptions, MemberAccess {
  readonly allowLoss?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly timeout: string;
}

const MOST = 20;

/** Takes a member out of a Karmada, with all that was made for it. */
export async function memberUnjoin(name: string, options: MemberUnjoinOptions, context: Context): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  const allowed = allowedLoss(options.allowLoss);
  const patience = { ...patienceOf(context), signal: context.interrupts() };
  try {
    return await withFleet(
      options,
      context,
      async ({ karmada, input, host }) => {
        const member = namesMember(options) ? openMember(options, context).server : undefined;
        try {
          const servers = { karmada, member, host };
          const departure = await planLeave(servers, { name, estimator: estimatorNamespace(input, name) }, patience);
          show(departure, options, context);
          refuseLoss(departure, allowed);
          if (!options.yes) await askForName(name, context);
          const gone: string[] = [];
          const left = await leave(servers, departure, {
            ...{ force: options.force ?? false, timeoutMs, patience },
            tell: (on, key) => {
              gone.push(`${on}: ${keyText(key)}`);
              context.stderr.write(`  - ${on}: ${keyText(key)} deleted\n`);
            },
          });
          return tell(departure, left, gone, options, context);
        } finally {
          await member?.close();
        }
      },
      (input) => estimatorNamespace(input, name) !== undefined,
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; run it again to finish\n');
    return ExitCode.INTERRUPTED;
  }
}

function show(
  { name, cluster, held, leaving, warnings }: Departure,
  options: MemberUnjoinOptions,
  context: Context,
): void {
  const colours = paint(coloured(context.stderr, options, context));
  const mode = cluster?.spec?.syncMode;
  context.stderr.write(leaveText({ name, mode, isThere: cluster !== undefined, ...held, leaving, warnings }, colours));
}

function tell(
  { name, warnings }: Departure,
  { stuck, behind }: Left,
  deleted: readonly string[],
  { output, force }: MemberUnjoinOptions,
  context: Context,
): number {
  if (output === 'json') {
    const result = { schema: '1', name, left: stuck === undefined, reason: stuck ?? null, deleted, behind, warnings };
    context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else if (stuck === undefined) context.stdout.write(`${name} is no member any more\n`);
  if (behind.length) {
    context.stderr.write(`warning: on ${name} stays, and nobody looks after it: ${firsts(behind, MOST)}\n`);
  }
  if (stuck === undefined) return ExitCode.OK;
  throw new CommandError(ExitCode.TIMED_OUT, [
    {
      what: `${stuck}: ${name} is leaving, and not gone yet`,
      fix: force
        ? `see who holds it: \`kubectl get cluster ${name} -o yaml\` on Karmada`
        : 'run it again to wait on; where the member will never answer again, add --force, which leaves on it what is there',
    },
  ]);
}

function refuseLoss({ name, held: { alone } }: Departure, allowed: number): void {
  if (alone.length <= allowed) return;
  throw new CommandError(ExitCode.CONFLICT, [
    {
      what: `${count(alone.length, 'workload')} would lose ${alone.length === 1 ? 'its' : 'their'} only place: ${firsts(alone, MOST)}`,
      at: `karmada: Cluster/${name}`,
      fix: `place them elsewhere first, or say that it is meant: --allow-loss ${alone.length}`,
    },
  ]);
}

function allowedLoss(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandError(ExitCode.USAGE, [
    { what: `"${text}" is no number`, at: '--allow-loss', fix: 'write how many workloads may lose their only place' },
  ]);
}

async function askForName(name: string, context: Context): Promise<void> {
  if (!canAnswer(context)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'unjoin asks for the name before it deletes, and nobody can answer here; nothing was deleted',
        fix: 'have this plan reviewed, then add --yes',
      },
    ]);
  }
  context.stderr.write(`Type ${name} to go on: `);
  await expectTyped(name, `${name} stays a member`, 'nothing was deleted', context);
}
