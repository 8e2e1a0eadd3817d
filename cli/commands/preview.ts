import { keyText } from '../../src/core/object-key';
import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, place } from '../plan/document';
import { paint } from '../render/paint';
import type { PreviewReport } from '../render/preview-report';
import { previewText } from '../render/preview-text';
import { assumptionsOf } from './assume';
import type { Context } from './context';
import { readInput, readOption } from './input';
import { fromLibrary } from './library';
import { coloured, type GlobalOptions } from './options';
import { unsupported } from './planned';
import { karmadaInput } from './target';

export interface PreviewOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly fleet?: string;
  readonly existing?: string;
  readonly bindings?: string;
  readonly uid?: readonly string[];
  readonly assume?: readonly string[];
  readonly render: string;
  readonly failOn?: string;
  readonly instance?: string;
}

/** What Karmada would do with the input. */
export async function preview(options: PreviewOptions, context: Context): Promise<number> {
  if (options.output === 'markdown' || options.output === 'html') {
    return unsupported(`\`preview -o ${options.output}\``, options.output, context);
  }
  const uids = uidsOf(options.uid ?? []);
  if (options.fleet === undefined) throw new CommandError(ExitCode.USAGE, [NO_FLEET]);
  const input = karmadaInput(await readInput(options.filename, context), options.instance);
  const clusters = ofKind(await readOption(options.fleet, '--fleet', context), FLEET);
  const existing =
    options.existing === undefined ? undefined : await readOption(options.existing, '--existing', context);
  const bindings =
    options.bindings === undefined
      ? undefined
      : ofKind(await readOption(options.bindings, '--bindings', context), BINDINGS);

  const fleet = fromLibrary(ExitCode.INVALID_INPUT, () => Fleet.fromManifests(manifests(clusters)));
  const look = (keep: (manifest: any) => boolean, render: string): PreviewReport =>
    fromLibrary(ExitCode.INVALID_INPUT, () =>
      Preview.of({
        manifests: manifests(input.objects).filter(keep),
        fleet,
        existing: existing && manifests(existing).filter(keep),
        bindings: bindings && manifests(bindings),
        uids,
        assume: [...assumptionsOf(input.host), ...(options.assume ?? [])],
        render,
      }).toJson(),
    );
  const json = options.output === 'json';
  const report = look(() => true, json ? options.render : 'all');
  if (json) context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    const view = {
      report,
      plain: look((manifest) => !isOverride(manifest), 'all'),
      clusters: clusters.map(({ key }) => key.name).sort(),
      othersKnown: existing !== undefined,
      whyNot: () => undefined,
      width: Math.min(context.stdout.columns ?? 100, 140),
    };
    context.stdout.write(previewText(view, paint(coloured(context.stdout, options, context))));
  }
  return fails(report, options.failOn) ? ExitCode.INVALID_INPUT : ExitCode.OK;
}

function fails({ resources, findings }: PreviewReport, failOn: string | undefined): boolean {
  const unschedulable = resources.some(({ scheduled }) => scheduled === false);
  return failOn === 'warning' ? unschedulable || findings.length > 0 : failOn === 'unschedulable' && unschedulable;
}

function manifests(documents: readonly Document[]): any[] {
  return documents.map(({ manifest }) => manifest);
}

function isOverride({ kind, apiVersion }: any): boolean {
  return /^(Cluster)?OverridePolicy$/.test(kind) && String(apiVersion).startsWith('policy.karmada.io/');
}

const NO_FLEET = {
  what: 'preview needs the member clusters: there is no --fleet',
  fix: 'ask your Karmada once: `kubectl get clusters -o yaml > fleet.yaml`, then add `--fleet fleet.yaml`',
};

/** What a file has to hold. */
interface Wanted {
  readonly kind: string;
  readonly group: string;
  readonly option: string;
  readonly fix: string;
}

const FLEET: Wanted = {
  kind: 'Cluster',
  group: 'cluster.karmada.io/',
  option: '--fleet',
  fix: 'give what `kubectl get clusters -o yaml` prints on Karmada',
};

const BINDINGS: Wanted = {
  kind: 'ResourceBinding',
  group: 'work.karmada.io/',
  option: '--bindings',
  fix: 'give what `kubectl get resourcebindings -A -o yaml` prints on Karmada',
};

/** The documents, all of one kind; throws with every one of another. */
function ofKind(documents: readonly Document[], { kind, group, option, fix }: Wanted): readonly Document[] {
  const wrong = documents.filter(({ key }) => !key.kind.endsWith(kind) || !key.apiVersion.startsWith(group));
  if (!wrong.length) return documents;
  throw new CommandError(
    ExitCode.INVALID_INPUT,
    wrong.map(({ key, source }) => ({
      what: `${option} takes ${kind} objects of ${group}*, got ${keyText(key)} of ${key.apiVersion}`,
      at: place(source),
      fix,
    })),
  );
}

/** `Kind[.group]/namespace/name=uid`, each; the library says which of them fit nothing, or two objects. */
function uidsOf(texts: readonly string[]): { [key: string]: string } {
  const wrong = texts.filter((text) => !/^[^/=]+(\/[^/=]+){1,2}=.+$/.test(text));
  if (wrong.length) {
    throw new CommandError(
      ExitCode.USAGE,
      wrong.map((text) => ({
        what: `"${text}" does not say whose UID it is`,
        at: '--uid',
        fix: 'write Kind[.group]/namespace/name=uid, or Kind[.group]/name=uid for a cluster-scoped kind',
      })),
    );
  }
  return Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]));
}
