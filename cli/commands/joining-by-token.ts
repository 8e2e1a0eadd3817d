import type { ApiServer } from '../apply/api-server';
import { Interrupted } from '../apply/attempt';
import { connect } from '../apply/http-api-server';
import { readBootstrap } from '../apply/joining/bootstrap-file';
import { planTokenJoin } from '../apply/joining/by-token';
import { type MemberAccess, openMember } from '../apply/joining/member-server';
import type { Access } from '../apply/kubeconfig';
import { ExitCode } from '../plan/command-error';
import type { AgentManifests } from '../plan/joining/agent-manifests';
import type { Context } from './context';
import { patienceOf } from './fleet-karmada';
import { carryOut, type JoinOptions } from './joining';

/** A join of somebody who has rights on the member and, on Karmada, nothing but a token. */
export interface TokenJoin {
  readonly name: string;
  readonly file: string;
  readonly agent?: AgentManifests;
  readonly timeoutMs: number;
  readonly approvalMs: number;
}

export async function joinByToken(
  { name, file, agent, timeoutMs, approvalMs }: TokenJoin,
  options: JoinOptions & MemberAccess,
  context: Context,
): Promise<number> {
  const bootstrap = readBootstrap(file, context.cwd);
  const patience = { ...patienceOf(context), signal: context.interrupts() };
  const member = openMember(options, context);
  const opened: ApiServer[] = [member.server];
  const open = (access: Access, called: string) => {
    const server = connect('karmada', access, called, file);
    opened.push(server);
    return server;
  };
  const waiting = (request: string) =>
    context.stderr.write(`waiting until somebody approves it on Karmada: kubectl certificate approve ${request}\n`);
  try {
    const plan = await planTokenJoin({ member, bootstrap, open }, { name, agent, approvalMs, waiting }, patience);
    return await carryOut(plan, { karmada: plan.karmada, member: member.server }, { options, timeoutMs }, context);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; run it again to go on where it was: what was asked for stays\n');
    return ExitCode.INTERRUPTED;
  } finally {
    for (const server of opened) await server.close();
  }
}
