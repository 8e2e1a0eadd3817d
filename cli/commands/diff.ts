import { Fleet } from '../../src/preview/fleet';
import type { BlastRadius, MaxMoved } from '../plan/blast-radius';
import { CommandError, ExitCode } from '../plan/command-error';
import { blastRadius } from '../plan/compare';
import type { Document } from '../plan/document';
import { diffMarkdown } from '../render/diff-markdown';
import { diffText } from '../render/diff-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { readOption } from './input';
import { fromLibrary } from './library';
import { coloured, type GlobalOptions } from './options';
import { BINDINGS, FLEET, MAY_BE_EMPTY, ofKind } from './preview';
import { readSide } from './revision';
import { targetsOf, withoutControlPlane } from './target';

export interface DiffOptions extends GlobalOptions {
  readonly fleet?: string;
  readonly existing?: string;
  readonly bindings?: string;
  readonly assume?: readonly string[];
  readonly instance?: string;
  readonly maxMoved?: string;
}

/** What of the fleet a change of the code reaches. */
export async function diff(before: string, after: string, options: DiffOptions, context: Context): Promise<number> {
  const limit = limitOf(options.maxMoved);
  if (options.fleet === undefined) throw new CommandError(ExitCode.USAGE, [NO_FLEET]);
  if (before === '-' && after === '-') throw new CommandError(ExitCode.USAGE, [BOTH_STDIN]);
  const sides = [await readSide(before, context), await readSide(after, context)];
  for (const side of sides) targetsOf(side, options.instance); // says which instances there are, when it is not clear which is meant
  const clusters = manifests(ofKind(await readOption(options.fleet, '--fleet', context, MAY_BE_EMPTY), FLEET));
  const existing =
    options.existing && manifests(await readOption(options.existing, '--existing', context, MAY_BE_EMPTY));
  const bindings =
    options.bindings && manifests(ofKind(await readOption(options.bindings, '--bindings', context), BINDINGS));
  const { assume, instance } = options;
  const [was, is] = sides.map((side) => manifests(withoutControlPlane(side)));
  const found = fromLibrary(ExitCode.INVALID_INPUT, () =>
    blastRadius({
      ...{ before: was, after: is, fleet: Fleet.fromManifests(clusters) },
      ...(existing && { existing }),
      ...(bindings && { bindings }),
      ...(assume && { assume }),
      ...(instance !== undefined && { instance }),
    }),
  );
  const radius = limit ? { ...found, maxMoved: judged(limit, found) } : found;
  if (options.output === 'json') context.stdout.write(`${JSON.stringify(radius, null, 2)}\n`);
  else {
    const view = { radius, before, after, othersKnown: Boolean(existing) };
    const width = Math.min(context.stdout.columns ?? 100, 140);
    const text =
      options.output === 'markdown'
        ? diffMarkdown(view)
        : diffText(view, width, paint(coloured(context.stdout, options, context)));
    context.stdout.write(text);
  }
  return radius.maxMoved?.exceeded ? ExitCode.INVALID_INPUT : ExitCode.OK;
}

function manifests(documents: readonly Document[]): any[] {
  return documents.map(({ manifest }) => manifest);
}

/** A number of replicas, or a share of those that there were before. */
interface Limit {
  readonly allowed: string;
  readonly number: number;
  readonly isShare: boolean;
}

function limitOf(text: string | undefined): Limit | undefined {
  if (text === undefined) return undefined;
  const [, number, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const isShare = sign === '%';
  const fits = number !== undefined && (isShare ? Number(number) <= 100 : /^\d+$/.test(number));
  if (fits) return { allowed: text, number: Number(number), isShare };
  throw new CommandError(ExitCode.USAGE, [
    {
      what: `--max-moved ${JSON.stringify(text)} is no limit`,
      fix: 'write a share of the replicas such as 20%, or a number of them such as 6',
    },
  ]);
}

function judged({ allowed, number, isShare }: Limit, { totals: { replicas } }: BlastRadius): MaxMoved {
  const most = isShare ? Math.floor((replicas.before * number) / 100) : number;
  return { allowed, replicas: most, exceeded: replicas.moved > most };
}

const NO_FLEET = {
  what: 'diff needs the member clusters: there is no --fleet',
  fix: 'ask your Karmada once: `cdk8s-karmada fleet pull -o fleet.yaml`, then add `--fleet fleet.yaml`',
};

const BOTH_STDIN = {
  what: 'both sides are to be read from standard input',
  fix: 'name a file, a folder or a revision for one of them',
};
