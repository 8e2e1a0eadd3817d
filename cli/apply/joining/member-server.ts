import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { ReachRequest } from '../../plan/joining/reach';
import type { ApiServer } from '../api-server';
import { connect } from '../http-api-server';
import { accessOf, mergeKubeconfigs, parseKubeconfig } from '../kubeconfig';

/** How a person names a member: its name in Karmada says nothing of where it is. */
export interface MemberAccess {
  readonly memberContext?: string;
  readonly memberKubeconfig?: string;
}

/** What a member is opened with besides. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** A member, open. */
export interface MemberServer {
  readonly server: ApiServer;
  /** The cluster of the context, in a kubeconfig's own words. */
  readonly cluster: any;
}

export function namesMember({ memberContext, memberKubeconfig }: MemberAccess): boolean {
  return memberContext !== undefined || memberKubeconfig !== undefined;
}

/** Opens a member. Nothing is guessed: the current context is as likely the host, or Karmada itself. */
export function openMember(access: MemberAccess, surroundings: Surroundings): MemberServer {
  const { memberContext, memberKubeconfig } = access;
  if (!namesMember(access)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'nothing says where the member is',
        fix: 'give a context that may do everything there with --member-context, or a file of its own with --member-kubeconfig',
      },
    ]);
  }
  const by = memberContext === undefined ? '--member-kubeconfig' : '--member-context';
  const files = filesOf(memberKubeconfig, surroundings);
  const kubeconfig = mergeKubeconfigs(files.map((file) => parseKubeconfig(read(file), file)));
  const found = accessOf(kubeconfig, { by, flag: '--member-context' }, memberContext);
  const server = connect('member', found, `context "${found.context}"`, found.files.join(', '));
  return { server, cluster: found.cluster };
}

function filesOf(named: string | undefined, { cwd, env }: Surroundings): string[] {
  if (named !== undefined) return [resolve(cwd, named)];
  const all = env.KUBECONFIG
    ? env.KUBECONFIG.split(delimiter).filter((file) => file !== '')
    : [join(env.HOME || homedir(), '.kube', 'config')];
  const files = all.map((file) => resolve(cwd, file)).filter((file) => existsSync(file));
  if (files.length) return files;
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `there is no kubeconfig: ${all.join(', ')} does not exist`,
      at: '--member-context',
      fix: 'name the file with --member-kubeconfig',
    },
  ]);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error: any) {
    const what = `${file} cannot be read: ${error.code}`;
    const fix = 'give the path of a file that can be read';
    throw new CommandError(ExitCode.USAGE, [{ what, at: '--member-kubeconfig', fix }]);
  }
}

/** The authority that the kubeconfig names, which has just verified the member; undefined: it names none. */
export function authorityOf(cluster: any): ReachRequest['authority'] {
  const data = cluster['certificate-authority-data'];
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  const file = cluster['certificate-authority'];
  return file ? readFileSync(file, 'utf8') : undefined;
}
