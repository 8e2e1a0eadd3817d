import { keyText } from '../../src/core/object-key';
import { type Proof, proveUnchanged } from '../apply/day-two/adopting';
import { findTargets } from '../apply/day-two/target';
import { Planes } from '../apply/planes';
import { CommandError, ExitCode } from '../plan/command-error';
import { adoptable, adoptedCode } from '../plan/day-two/adopted-code';
import { parseNames } from '../plan/day-two/named';
import { changeText } from '../plan/member-edits';
import type { Context } from './context';
import { patienceOf } from './fleet-karmada';
import { refuseFormat, writeFiles } from './output-file';

export interface WorkloadAdoptOptions {
  /** Context of the member cluster. */
  readonly from: string;
  readonly fromKubeconfig?: string;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  /** Its name in Karmada, where that is not the context's. */
  readonly cluster?: string;
  /** The file to write; standard output when it is left out. */
  readonly output?: string;
}

/** Writes the code that takes over what runs on a member, and proves that its pods go on running. */
export async function workloadAdopt(name: string, options: WorkloadAdoptOptions, context: Context): Promise<number> {
  const [named] = parseNames([name]);
  const { from, cluster = from, output } = options;
  refuseFormat(output, 'workload adopt', 'write `-o web.ts`, or leave it out for standard output');
  const patience = patienceOf(context);
  const planes = asMember(() => member(options, context));
  try {
    const server = await planes.host();
    const [target] = await findTargets(server, [named], patience);
    const manifest = adoptable(target.live);
    const proof = await proveUnchanged(server, target, manifest, patience);
    if (proof.state === 'refuted') throw refuted(keyText(target.key), proof);
    const text = adoptedCode(manifest, cluster);
    if (output === undefined) context.stdout.write(text);
    else writeFiles([{ file: output, option: '-o', text }], context);
    if (proof.state === 'open') {
      context.stderr.write(
        `warning: not proven that its pods go on running: the dry-run on ${cluster} was answered with ${proof.status}\n`,
      );
      return ExitCode.INCOMPLETE;
    }
    context.stderr.write(`${keyText(target.key)}: its pods go on running, says a dry-run on ${cluster}\n`);
    return ExitCode.OK;
  } catch (error) {
    throw inWordsOfMember(error);
  } finally {
    await planes.close();
  }
}

function member({ from, fromKubeconfig, as, asGroup }: WorkloadAdoptOptions, context: Context): Planes {
  return new Planes({
    instance: '',
    instances: [],
    needs: ['host'],
    flags: {
      ...{ hostContext: from, as, asGroup },
      ...(fromKubeconfig === undefined ? {} : { hostKubeconfig: fromKubeconfig }),
    },
    folder: context.cwd,
    workingFolder: context.cwd,
    environment: context.env,
  });
}

function asMember<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw inWordsOfMember(error);
  }
}

/** A member is opened as a host is, by other options. */
function inWordsOfMember(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  const said = (text: string | undefined) =>
    text?.replaceAll('--host-context', '--from').replaceAll('--host-kubeconfig', '--from-kubeconfig');
  const troubles = error.troubles.map(({ what, at, fix, see }) => ({
    what: said(what) as string,
    at: said(at),
    fix: said(fix),
    see,
  }));
  return new CommandError(error.exitCode, troubles);
}

function refuted(key: string, { changes }: Extract<Proof, { readonly state: 'refuted' }>): CommandError {
  return new CommandError(ExitCode.CONFLICT, [
    {
      what: `${key} would get new pods: ${changes.map(changeText).join(', ')}`,
      fix: 'make it so on the member first, when a restart does no harm; nothing was written',
    },
  ]);
}
