import { keyOf, keyText } from '../../src/core/object-key';
import { nameTroubles, placeTroubles } from '../../src/core/private/cluster-names';
import type { ApiServer } from '../apply/api-server';
import { Interrupted, type Patience } from '../apply/attempt';
import { type JoinRequest, type PlannedJoin, planJoin } from '../apply/joining/join';
import { type MemberAccess, openMember } from '../apply/joining/member-server';
import { awaitReady, type Readiness } from '../apply/joining/readiness';
import type { Outcome } from '../apply/joining/writer';
import { CommandError, ExitCode } from '../plan/command-error';
import { agentManifests } from '../plan/joining/agent-manifests';
import { clusterInCode, estimatorNamespace } from '../plan/joining/code';
import { joinText, type ShownStep, stepLine } from '../render/join-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { milliseconds } from './duration';
import { patienceOf, withFleet } from './fleet-karmada';
import { readOption } from './input';
import { coloured } from './options';
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
  readonly timeout: string;
}

/** Makes a cluster a member of a Karmada. What an earlier run has done is not done again. */
export async function memberJoin(name: string, options: MemberJoinOptions, context: Context): Promise<number> {
  const timeoutMs = milliseconds(options.timeout, '--timeout');
  refuseWords(name, options);
  const documents = options.agent === undefined ? undefined : await readOption(options.agent, '--agent', context);
  const agent = documents && agentManifests(name, documents);
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
        return await carryOut(
          plan,
          { karmada, member: member.server, host },
          { options, timeoutMs, patience },
          context,
        );
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

interface Servers {
  readonly karmada: ApiServer;
  readonly member: ApiServer;
  readonly host?: ApiServer;
}

interface Conditions {
  readonly options: MemberJoinOptions;
  readonly timeoutMs: number;
  readonly patience: Patience;
}

async function carryOut(
  plan: PlannedJoin,
  servers: Servers,
  conditions: Conditions,
  context: Context,
): Promise<number> {
  const { options, timeoutMs, patience } = conditions;
  const { name, mode, looked } = plan;
  const colours = paint(coloured(context.stderr, options, context));
  const steps: ShownStep[] = looked.map(({ step, outcome }) => ({ on: step.on, manifest: step.manifest, outcome }));
  const named = (['karmada', 'member', 'host'] as const).flatMap((on) => {
    const server = servers[on];
    return server ? [{ on, name: server.name, url: server.url }] : [];
  });
  context.stderr.write(joinText({ ...plan, steps, servers: named }, colours));
  const isDone = plan.due === undefined && looked.every(({ outcome }) => outcome === 'unchanged');
  const results = new Map<string, { on: string; object: string; outcome: Outcome }>();
  if (!isDone) {
    if (!options.yes) await askToJoin(name, context);
    await plan.run(({ on, manifest }, outcome) => {
      const object = keyText(keyOf(manifest));
      const before = results.get(`${on} ${object}`)?.outcome;
      results.set(`${on} ${object}`, { on, object, outcome: before && before !== 'unchanged' ? before : outcome });
      if (outcome !== 'unchanged') context.stderr.write(`${stepLine({ on, manifest, outcome }, colours)} ${outcome}\n`);
    });
  }
  const said: Readiness | undefined =
    options.wait === 'none' ? undefined : await awaitReady(servers.karmada, name, timeoutMs, patience);
  if (options.output === 'json') {
    const { id, warnings } = plan;
    const result = {
      ...{ schema: '1', name, mode, id, changed: !isDone },
      objects: [...results.values()],
      ready: said ? said.ready : null,
      reason: said?.why ?? null,
      warnings,
    };
    context.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else context.stdout.write(`${name}: ${isDone ? 'it had joined already' : 'joined'}${readyText(said)}\n`);
  return said && !said.ready ? ExitCode.TIMED_OUT : ExitCode.OK;
}

function readyText(said: Readiness | undefined): string {
  if (!said) return '';
  if (!said.ready) return `, not ready yet: ${said.why}`;
  return `, ready${said.version ? `, Kubernetes ${said.version}` : ''}`;
}

/** What can be told without any server. */
function refuseWords(name: string, { provider, region, zone = [], permissions, agent, mode }: MemberJoinOptions): void {
  const places = { provider: [provider], region: [region], zone };
  const found = [
    ...nameTroubles(name),
    ...Object.entries(places).flatMap(([field, values]) =>
      values.flatMap((value) => (value === undefined ? [] : placeTroubles(field, value))),
    ),
    ...(mode === 'pull' && permissions !== undefined
      ? [
          {
            what: '--permissions is about an account of Karmada, and in pull mode an agent acts',
            at: '--permissions',
            fix: 'leave it out; the rights of an agent are in its own manifests',
          },
        ]
      : []),
    ...(mode === 'push' && agent !== undefined
      ? [{ what: 'in push mode there is no agent', at: '--agent', fix: 'leave it out, or add --mode pull' }]
      : []),
  ];
  if (found.length) throw new CommandError(ExitCode.USAGE, found);
}

async function askToJoin(name: string, context: Context): Promise<void> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: 'join asks before it writes, and nobody can answer here; nothing was written',
        fix: 'have this plan reviewed, then add --yes',
      },
    ]);
  }
  context.stderr.write('Only "yes" is taken for an answer: ');
  const answer = await context.stdin.line();
  if (answer?.trim() === 'yes') return;
  throw new CommandError(ExitCode.USAGE, [
    { what: `${name} has not joined: the answer was not "yes"; nothing was written` },
  ]);
}
