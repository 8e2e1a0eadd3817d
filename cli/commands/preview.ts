import { Assumptions } from '../../src/admission/assumptions';
import { assumptionsOf } from '../../src/admission/command-lines';
import { keyText, type ObjectKey } from '../../src/core/object-key';
import { Fleet } from '../../src/preview/fleet';
import { Preview, type PreviewProps, type PreviewRender } from '../../src/preview/preview';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, place } from '../plan/document';
import { paint } from '../render/paint';
import type { PreviewedResource, PreviewFinding, PreviewReport } from '../render/preview-report';
import { previewText } from '../render/preview-text';
import { type AdviceOptions, acknowledged, advise } from './advice';
import type { Context } from './context';
import { readInput, readOption } from './input';
import { fromLibrary } from './library';
import { coloured, type GlobalOptions } from './options';
import { unsupported } from './planned';
import { type Targets, targetsOf, withoutControlPlane } from './target';

export interface PreviewOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly fleet?: string;
  readonly existing?: string;
  readonly bindings?: string;
  readonly uid?: readonly string[];
  readonly assume?: readonly string[];
  readonly without?: readonly string[];
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
  const input = await readInput(options.filename, context);
  const targets = targetsOf(input, options.instance); // says which instances there are, when it is not clear which is meant
  fromLibrary(ExitCode.USAGE, () => Assumptions.parse(options.assume ?? [], targets.version));
  const clusters = manifests(ofKind(await readOption(options.fleet, '--fleet', context), FLEET));
  const existing = options.existing && manifests(await readOption(options.existing, '--existing', context));
  const bindings =
    options.bindings && manifests(ofKind(await readOption(options.bindings, '--bindings', context), BINDINGS));
  const { assume, instance } = options;
  const props: PreviewProps = fromLibrary(ExitCode.INVALID_INPUT, () => ({
    ...{ manifests: manifests(input), fleet: Fleet.fromManifests(clusters).without(...(options.without ?? [])), uids },
    ...(existing && { existing }),
    ...(bindings && { bindings }),
    ...(assume && { assume: [...assume] }),
    ...(instance && { instance }),
  }));
  const withAdvice = (report: PreviewReport): PreviewReport => {
    const given = [...assumptionsOf(manifests(targets.host), targets.version), ...(assume ?? [])];
    return { ...report, findings: allFindings(report, input, targets, { assume: given, existing: existing || [] }) };
  };
  const report =
    options.output === 'json'
      ? writeJson(props, withAdvice, options, context)
      : writeText({ ...props, manifests: manifests(withoutControlPlane(input)) }, withAdvice, options, context);
  return fails(report, options.failOn) ? ExitCode.INVALID_INPUT : ExitCode.OK;
}

type WithAdvice = (report: PreviewReport) => PreviewReport;

function writeJson(
  props: PreviewProps,
  withAdvice: WithAdvice,
  { render }: PreviewOptions,
  context: Context,
): PreviewReport {
  const report = withAdvice(previewOf({ ...props, render: render as PreviewRender }).toJson());
  context.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return report;
}

function writeText(
  props: PreviewProps,
  withAdvice: WithAdvice,
  options: PreviewOptions,
  context: Context,
): PreviewReport {
  const whole = previewOf(props);
  const without = (objects: any[]) => objects.filter((object) => !isOverride(object)).map(waitingForNone);
  const plain = previewOf({ ...props, manifests: without(props.manifests), existing: without(props.existing ?? []) });
  const report = withAdvice(whole.toJson());
  const verdicts = new Map(report.resources.map(({ resource }) => [resource, whole.verdicts(nameOf(resource))]));
  const view = {
    report,
    plain: plain.toJson(),
    clusters: [...verdicts.values()][0]?.map(({ cluster }) => cluster) ?? props.fleet.clusterNames,
    othersKnown: props.existing !== undefined,
    whyNot: ({ resource }: PreviewedResource, name: string) =>
      verdicts.get(resource)?.find(({ cluster }) => cluster === name)?.reason,
    width: Math.min(context.stdout.columns ?? 100, 140),
  };
  context.stdout.write(previewText(view, paint(coloured(context.stdout, options, context))));
  return report;
}

/** What the preview found on this fleet, and what our rules say that it did not. */
function allFindings(
  { findings }: PreviewReport,
  input: readonly Document[],
  targets: Targets,
  options: AdviceOptions,
): PreviewFinding[] {
  const isAbout = ({ message }: PreviewFinding, { key }: Document) => message.startsWith(`${keyText(key)} `);
  const found = findings.flatMap((finding) => {
    const document = targets.karmada.find((each) => isAbout(finding, each));
    return document ? acknowledged([finding], document, input) : [finding];
  });
  const advice = [...advise(input, targets, () => true, options)].flatMap(([document, given]) =>
    acknowledged(given, document, input)
      .filter(({ code }) => !findings.some((each) => each.code === code && (!each.path || isAbout(each, document))))
      .map((finding) => ({ ...finding, resource: document.key })),
  );
  return [...found, ...advice];
}

function previewOf(props: PreviewProps): Preview {
  return fromLibrary(ExitCode.INVALID_INPUT, () => Preview.of(props));
}

/** As the library takes it: `Kind[.group]/namespace/name`. */
function nameOf(key: ObjectKey): string {
  const group = key.apiVersion.includes('/') ? `.${key.apiVersion.split('/')[0]}` : '';
  return keyText({ ...key, kind: `${key.kind}${group}` });
}

function fails({ resources, findings }: PreviewReport, failOn: string | undefined): boolean {
  const unschedulable = resources.some(({ scheduled }) => scheduled === false);
  const open = findings.some(({ acknowledged }) => acknowledged === undefined);
  return failOn === 'warning' ? unschedulable || open : failOn === 'unschedulable' && unschedulable;
}

function manifests(documents: readonly Document[]): any[] {
  return documents.map(({ manifest }) => manifest);
}

function isOverride({ kind, apiVersion }: any): boolean {
  return /^(Cluster)?OverridePolicy$/.test(kind) && String(apiVersion).startsWith('policy.karmada.io/');
}

/** A policy that does not wait for overrides: where they are left out, it would wait for ever. */
function waitingForNone(object: any): any {
  if (!object.spec?.dependentOverrides) return object;
  const { dependentOverrides: _, ...spec } = object.spec;
  return { ...object, spec };
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
