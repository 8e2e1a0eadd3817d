import { Assumptions } from '../../src/admission/assumptions';
import { assumptionsOf } from '../../src/admission/command-lines';
import { keyText } from '../../src/core/object-key';
import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { type PreviewProps, PreviewRender } from '../../src/preview/preview-props';
import { steersKarmada } from '../../src/preview/private/claim';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, place } from '../plan/document';
import { failoverText } from '../render/failover-text';
import { paint } from '../render/paint';
import { previewHtml } from '../render/preview-html/preview-html';
import { previewJson } from '../render/preview-json';
import { previewMarkdown } from '../render/preview-markdown';
import type { PreviewFinding, PreviewReport } from '../render/preview-report';
import { previewText } from '../render/preview-text';
import { type AdviceOptions, acknowledged, advise } from './advice';
import type { Context } from './context';
import { readInput, readOption } from './input';
import { fromLibrary } from './library';
import { coloured, type GlobalOptions } from './options';
import { type Made, viewOf } from './preview-view';
import { type Targets, targetsOf, withoutControlPlane } from './target';

export interface PreviewOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly fleet?: string;
  readonly existing?: string;
  readonly bindings?: string;
  readonly uid?: readonly string[];
  readonly assume?: readonly string[];
  readonly without?: readonly string[];
  /** Left out when the user did not say. */
  readonly render?: string;
  readonly failOn?: string;
  /** The resource whose time line is asked for. */
  readonly failover?: string;
  readonly instance?: string;
}

/** What Karmada would do with the input. */
export async function preview(options: PreviewOptions, context: Context): Promise<number> {
  const uids = uidsOf(options.uid ?? []);
  if (options.fleet === undefined) throw new CommandError(ExitCode.USAGE, [NO_FLEET]);
  const input = await readInput(options.filename, context);
  const targets = targetsOf(input, options.instance); // says which instances there are, when it is not clear which is meant
  fromLibrary(ExitCode.USAGE, () => Assumptions.parse(options.assume ?? [], targets.version));
  const clusters = manifests(ofKind(await readOption(options.fleet, '--fleet', context, MAY_BE_EMPTY), FLEET));
  const existing =
    options.existing && manifests(await readOption(options.existing, '--existing', context, MAY_BE_EMPTY));
  const bindings =
    options.bindings && manifests(ofKind(await readOption(options.bindings, '--bindings', context), BINDINGS));
  const { assume, instance, output } = options;
  const shown = output === 'json' ? input : withoutControlPlane(input);
  const { render, unrendered } = renderingOf(options, manifests(shown));
  const props: PreviewProps = fromLibrary(ExitCode.INVALID_INPUT, () => ({
    ...{ manifests: manifests(shown), fleet: Fleet.fromManifests(clusters).without(...(options.without ?? [])), uids },
    ...(existing && { existing }),
    ...(bindings && { bindings }),
    ...(assume && { assume: [...assume] }),
    ...(instance && { instance }),
    render,
    now: new Date(context.now()).toISOString(),
  }));
  const whole = previewOf(props);
  const given = [...assumptionsOf(manifests(targets.host), targets.version), ...(assume ?? [])];
  const found: PreviewReport = whole.toJson();
  const findings = allFindings(found, input, targets, { assume: given, existing: existing || [] });
  const { failover } = options;
  const timelines = failover && fromLibrary(ExitCode.USAGE, () => whole.failover(failover));
  const report = { ...found, findings, ...(timelines && { failover: { resource: failover, clusters: timelines } }) };
  write(report, { props, whole, unrendered }, options, context);
  return fails(report, options.failOn) ? ExitCode.INVALID_INPUT : ExitCode.OK;
}

function write(report: PreviewReport, made: Made, options: PreviewOptions, context: Context): void {
  const { stdout, stderr } = context;
  if (options.output === 'json') {
    if (made.unrendered && !options.render) stderr.write(`note: ${made.unrendered}\n`);
    for (const piece of previewJson(report)) stdout.write(piece);
    return;
  }
  const width = Math.min(stdout.columns ?? 100, 140);
  const colours = paint(coloured(stdout, options, context));
  if (report.failover && options.output === 'text') {
    stdout.write(failoverText(report.failover.resource, report.failover.clusters, width, colours));
    return;
  }
  const view = viewOf(report, made);
  if (options.output === 'markdown') stdout.write(previewMarkdown(view));
  else if (options.output === 'html') stdout.write(previewHtml(view));
  else {
    stdout.write(previewText(view, width, colours));
  }
}

/** Rendering more resources than these takes time and memory that a user has to ask for. */
const MOST_RENDERED = 1_000;
const NOT_SHOWN = 'are not rendered, so images and overrides are not shown';

/** What is rendered; when that is nothing, why. */
interface Rendering {
  readonly render: PreviewRender;
  readonly unrendered?: string;
}

function renderingOf({ render, output }: PreviewOptions, objects: readonly any[]): Rendering {
  if (render === 'none') return { render: PreviewRender.NONE, unrendered: `Manifests ${NOT_SHOWN} (--render none).` };
  // only in JSON what is like its template can be left out: the other forms show it all the same
  if (render) return { render: render === 'changed' && output === 'json' ? PreviewRender.CHANGED : PreviewRender.ALL };
  const resources = objects.filter((object) => !steersKarmada(object)).length;
  if (resources <= MOST_RENDERED) return { render: PreviewRender.ALL };
  const unrendered = `The manifests of more than ${MOST_RENDERED} resources ${NOT_SHOWN} (--render all).`;
  return { render: PreviewRender.NONE, unrendered };
}

/** What the preview found on this fleet, and what our rules say that it did not. */
function allFindings(
  { findings }: PreviewReport,
  input: readonly Document[],
  targets: Targets,
  options: AdviceOptions,
): PreviewFinding[] {
  // looked up, not searched for: there may be a finding on each of thousands of objects
  const documents = new Map([...targets.karmada].reverse().map((document) => [keyText(document.key), document]));
  const subject = ({ message }: PreviewFinding) => message.split(' ', 1)[0];
  const said = new Set(findings.flatMap((each) => [`${each.code} ${each.path ? subject(each) : ''}`]));
  const found = findings.flatMap((finding) => {
    const document = documents.get(subject(finding));
    return document ? acknowledged([finding], document, input) : [finding];
  });
  const advice = [...advise(input, targets, () => true, options)].flatMap(([document, given]) =>
    acknowledged(given, document, input)
      .filter(({ code }) => code !== 'MC073') // the preview has applied each override, cluster by cluster
      .filter(({ code }) => !said.has(`${code} `) && !said.has(`${code} ${keyText(document.key)}`))
      .map((finding) => ({ ...finding, resource: document.key })),
  );
  return [...found, ...advice];
}

function previewOf(props: PreviewProps): Preview {
  return fromLibrary(ExitCode.INVALID_INPUT, () => Preview.of(props));
}

function fails({ resources, findings }: PreviewReport, failOn: string | undefined): boolean {
  const unschedulable = resources.some(({ scheduled }) => scheduled === false);
  const open = findings.some(({ acknowledged }) => acknowledged === undefined);
  return failOn === 'warning' ? unschedulable || open : failOn === 'unschedulable' && unschedulable;
}

function manifests(documents: readonly Document[]): any[] {
  return documents.map(({ manifest }) => manifest);
}

const NO_FLEET = {
  what: 'preview needs the member clusters: there is no --fleet',
  fix: 'ask your Karmada once: `cdk8s-karmada fleet pull -o fleet.yaml`, then add `--fleet fleet.yaml`',
};

/** A Karmada may have no cluster yet, or nobody else's policy. */
export const MAY_BE_EMPTY = { mayBeEmpty: true };

/** What a file has to hold. */
export interface Wanted {
  readonly kind: string;
  readonly group: string;
  readonly option: string;
  readonly fix: string;
}

/** Member clusters. */
export const FLEET: Wanted = {
  kind: 'Cluster',
  group: 'cluster.karmada.io/',
  option: '--fleet',
  fix: 'give what `kubectl get clusters -o yaml` prints on Karmada',
};

/** Where things are now. */
export const BINDINGS: Wanted = {
  kind: 'ResourceBinding',
  group: 'work.karmada.io/',
  option: '--bindings',
  fix: 'give what `kubectl get resourcebindings -A -o yaml` prints on Karmada',
};

/** The documents, all of one kind; throws with every one of another. */
export function ofKind(documents: readonly Document[], { kind, group, option, fix }: Wanted): readonly Document[] {
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
