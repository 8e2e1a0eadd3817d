import { nameTroubles, placeTroubles } from '../../src/core/private/cluster-names';
import { Interrupted } from '../apply/attempt';
import { type JoinRequest, planJoin } from '../apply/joining/join';
import { type MemberAccess, openMember } from '../apply/joining/member-server';
import { CommandError, ExitCode } from '../plan/command-error';
import { agentManifests } from '../plan/joining/agent-manifests';
import { clusterInCode, estimatorNamespace } from '../plan/joining/code';
import { tokenWords } from '../plan/joining/token-words';
import type { Context } from './context';
import { milliseconds } from './duration';
import { patienceOf, withFleet } from './fleet-karmada';
import { readOption } from './input';
import { carryOut } from './joining';
import { joinByToken } from './joining-by-token';
import type { ServerOptions } from './servers';

export interface MemberJoinOptions extends ServerOptions, MemberAccess {
  readonly mode?: 'push' | 'pull';
  readonly memberEndpoint?: string;
  readonly karmadaEndpoint?: string;
  readonly proxyUrl?: string;
  readonly permissions?: string;
  readonly agent?: string;
  readonly provider?: string;
  readonly region?: string;
  readonly zone?: readonly string[];
  readonly yes?: boolean;
  readonly wait: 'ready' | 'none';
  readonly timeout?: string;
  /** What `member token` wrote. */
  readonly bootstrapKubeconfig?: string;
}

/** Longest waits where nobody says one: for Karmada, and for a person there. */
const READY = '2m';
const APPROVED = '10m';

/** Makes a cluster a member of a Karmada. What an earlier run has done is not done again. */
export async function memberJoin(name: string, options: MemberJoinOptions, context: Context): Promise<number> {
  const timeoutMs = milliseconds(options.timeout ?? READY, '--timeout');
  refuseWords(name, options);
  const documents = options.agent === undefined ? undefined : await readOption(options.agent, '--agent', context);
  const agent = documents && agentManifests(name, documents);
  const { bootstrapKubeconfig: file, timeout } = options;
  if (file !== undefined) {
    const approvalMs = timeout === undefined ? milliseconds(APPROVED, '--timeout') : timeoutMs;
    return joinByToken({ name, file, agent, timeoutMs, approvalMs }, options, context);
  }
  const patience = { ...patienceOf(context), signal: context.interrupts() };
  const hasEstimator = (input: Parameters<typeof estimatorNamespace>[0]) =>
    estimatorNamespace(input, name) !== undefined;
  const member = openMember(options, context); // before any server is asked
  try {
    return await withFleet(
      options,
      context,
      async ({ karmada, input, host }) => {
        const { provider, region, zone: zones, permissions, memberEndpoint: endpoint } = options;
        const { proxyUrl, karmadaEndpoint, mode } = options;
        const request: JoinRequest = {
          name,
          mode: mode && (mode === 'push' ? 'Push' : 'Pull'),
          place: { provider, region, zones },
          placeOptions: ['provider', 'region', 'zone']
            .filter((each) => options[each as 'provider'] !== undefined)
            .map((each) => `--${each}`),
          ...{ permissions, endpoint, proxyUrl, karmadaEndpoint, agent },
          code: clusterInCode(input, name),
          estimator: estimatorNamespace(input, name),
        };
        const plan = await planJoin({ karmada, member, host }, request, patience);
        return await carryOut(plan, { karmada, member: member.server, host }, { options, timeoutMs }, context);
      },
      hasEstimator,
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    context.stderr.write('interrupted; run it again to go on where it was\n');
    return ExitCode.INTERRUPTED;
  } finally {
    await member.server.close();
  }
}

/** What can be told without any server. */
function refuseWords(name: string, options: MemberJoinOptions): void {
  const { provider, region, zone = [], permissions, agent, mode, bootstrapKubeconfig } = options;
  const places = { provider: [provider], region: [region], zone };
  const found = [
    ...nameTroubles(name),
    ...Object.entries(places).flatMap(([field, values]) =>
      values.flatMap((value) => (value === undefined ? [] : placeTroubles(field, value))),
    ),
    ...(bootstrapKubeconfig === undefined ? [] : tokenWords({ ...options })),
    ...(mode === 'pull' && bootstrapKubeconfig === undefined && permissions !== undefined
      ? [
          {
            what: '--permissions is about an account of Karmada, and in pull mode an agent acts',
            at: '--permissions',
            fix: 'leave it out; the rights of an agent are in its own manifests',
          },
        ]
      : []),
    ...(mode === 'push' && bootstrapKubeconfig === undefined && agent !== undefined
      ? [{ what: 'in push mode there is no agent', at: '--agent', fix: 'leave it out, or add --mode pull' }]
      : []),
  ];
  if (found.length) throw new CommandError(ExitCode.USAGE, found);
}
