import { keyOf, keyText } from '../../src/core/object-key';
import type { ApiServer } from '../apply/api-server';
import type { PlannedJoin } from '../apply/joining/join';
import type { Readiness } from '../apply/joining/readiness';
import type { Outcome } from '../apply/joining/writer';
import { ExitCode } from '../plan/command-error';
import { joinText, type ShownStep, stepLine } from '../render/join-text';
import { paint } from '../render/paint';
import { askForYes } from './confirm';
import type { Context } from './context';
import { coloured, type GlobalOptions } from './options';

/** For the words; the plan knows them. */
export interface JoinedServers {
  readonly karmada: ApiServer;
  readonly member: ApiServer;
  readonly host?: ApiServer;
}

export interface JoinOptions extends GlobalOptions {
  readonly yes?: boolean;
  readonly wait: 'ready' | 'none';
}

export interface Conditions {
  readonly options: JoinOptions;
  readonly timeoutMs: number;
}

/** Shows a join, asks, does it, and waits for what Karmada says of it. */
export async function carryOut(
  plan: PlannedJoin,
  servers: JoinedServers,
  conditions: Conditions,
  context: Context,
): Promise<number> {
  const { options, timeoutMs } = conditions;
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
    if (!options.yes) await askForYes('join', `${name} has not joined`, context);
    await plan.run(({ on, manifest }, outcome) => {
      const object = keyText(keyOf(manifest));
      const before = results.get(`${on} ${object}`)?.outcome;
      results.set(`${on} ${object}`, { on, object, outcome: before && before !== 'unchanged' ? before : outcome });
      if (outcome !== 'unchanged') context.stderr.write(`${stepLine({ on, manifest, outcome }, colours)} ${outcome}\n`);
    });
  }
  const said: Readiness | undefined = options.wait === 'none' ? undefined : await plan.ready(timeoutMs);
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
