import { keyText } from '../../src/core/object-key';
import { writeManifest } from '../../src/core/private/manifest-yaml';
import type { ApiServer } from '../apply/api-server';
import type { Patience } from '../apply/attempt';
import { readJourney, readOthers } from '../apply/day-two/journey';
import { findTargets, type Target } from '../apply/day-two/target';
import { CommandError, ExitCode } from '../plan/command-error';
import { foretold } from '../plan/day-two/foretold';
import { parseNames } from '../plan/day-two/named';
import { shown } from '../plan/day-two/shown';
import type { Context } from './context';
import { patienceOf, withKarmada } from './fleet-karmada';
import { fromLibrary } from './library';
import type { ServerOptions } from './servers';

export interface WorkloadShowOptions extends ServerOptions {
  /** The member whose form of it is shown; the template when it is left out. */
  readonly cluster?: string;
}

/** What is shown, and where it is from. */
interface Shown {
  readonly from: string;
  readonly manifest: any;
}

/** The template of a workload, or what a member is given of it after overrides. */
export async function workloadShow(name: string, options: WorkloadShowOptions, context: Context): Promise<number> {
  const named = parseNames([name]);
  const patience = patienceOf(context);
  const { cluster } = options;
  const { from, manifest } = await withKarmada(options, context, async (server) => {
    const [target] = await findTargets(server, named, patience);
    if (cluster === undefined) return { from: 'template', manifest: target.live };
    return onCluster(server, target, cluster, patience);
  });
  const object = shown(manifest);
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', from, object }, null, 2)}\n`);
  } else context.stdout.write(`# ${from}\n${writeManifest(object)}`);
  return ExitCode.OK;
}

async function onCluster(server: ApiServer, target: Target, cluster: string, patience: Patience): Promise<Shown> {
  const journey = await readJourney(server, target, patience);
  const names = journey.clusters.map(({ metadata }) => metadata.name as string).sort();
  if (!names.includes(cluster)) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `there is no member cluster "${cluster}"`,
        at: '--cluster',
        fix: names.length ? `choose one of ${names.join(', ')}` : 'join one first',
      },
    ]);
  }
  const work = journey.works.find(({ metadata }) => metadata.namespace === `karmada-es-${cluster}`);
  if (work) {
    const { namespace, name } = work.metadata;
    return { from: `Work/${namespace}/${name}`, manifest: work.spec.workload.manifests[0] };
  }
  const others = await readOthers(server, patience);
  const { rendered, verdicts } = fromLibrary(ExitCode.INVALID_INPUT, () =>
    foretold(target.live, { ...journey, others }),
  );
  const manifest = rendered.get(cluster);
  if (manifest) return { from: `preview: Karmada has not rendered it for ${cluster} yet`, manifest };
  const why = verdicts.find((each) => each.cluster === cluster)?.reason ?? 'it is not chosen';
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `${cluster} gets nothing of ${keyText(target.key)}: ${why}`,
      fix: `see where it is: \`cdk8s-karmada workload trace ${keyText(target.key)}\``,
    },
  ]);
}
