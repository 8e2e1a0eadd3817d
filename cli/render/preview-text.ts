import { keyText } from '../../src/core/object-key';
import { fieldChanges } from '../plan/field-diff';
import type { FieldChange } from '../plan/plan';
import { visible } from './error-text';
import { findingText } from './finding-text';
import type { Paint } from './paint';
import type { Outcome, PreviewedResource, PreviewReport } from './preview-report';
import { table } from './table';
import { count, firsts } from './words';

/** Everything that the text of a preview is made from. */
export interface PreviewView {
  readonly report: PreviewReport;
  /** The same without overrides, with all manifests: what an override changed is the difference. */
  readonly plain: PreviewReport;
  /** Names of the fleet's clusters. */
  readonly clusters: readonly string[];
  /** Policies of other people were given. */
  readonly othersKnown: boolean;
  /** Why a cluster does not get a resource, in Karmada's words. */
  readonly whyNot: (resource: PreviewedResource, cluster: string) => string | undefined;
  readonly width: number;
}

/** The preview as a person reads it: how sure it is, totals, a table for each resource, the rest in lists. */
export function previewText(view: PreviewView, paint: Paint): string {
  const { report } = view;
  const placed = report.resources.filter(({ outcomes, scheduled }) => outcomes.length || scheduled === false);
  const loose = report.resources.filter((resource) => !placed.includes(resource) && !isUnsupported(report, resource));
  const parts = [
    `${certainty(view, paint)}\n${totals(view)}\n`,
    ...placed.map((resource) => resourceText(resource, view, paint)),
    loose.length ? `${paint.bold('Claimed by no policy')} (stays on Karmada)\n${names(loose)}` : '',
    report.unsupported.length ? unsupportedText(report, paint) : '',
    report.findings
      .map((finding) => findingText(finding, finding.resource ? keyText(finding.resource) : '', paint))
      .join(''),
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

function isUnsupported({ unsupported }: PreviewReport, { resource }: PreviewedResource): boolean {
  return unsupported.some((each) => keyText(each.resource) === keyText(resource));
}

function certainty({ othersKnown }: PreviewView, paint: Paint): string {
  return othersKnown
    ? "Other people's policies and overrides take part, as given with --existing."
    : paint.yellow(
        "Only the policies in the input: other people's on the same Karmada may decide otherwise (--existing).",
      );
}

function totals({ report, clusters }: PreviewView): string {
  const { resources, unsupported, findings } = report;
  const on = (state: boolean) => resources.filter(({ scheduled }) => scheduled === state).length;
  const first = resources.flatMap(({ outcomes }) => outcomes[0]?.clusters ?? []);
  const replicas = first.reduce((sum, share) => sum + (share.replicas ?? 0), 0);
  const used = new Set(first.map(({ name }) => name)).size;
  const ties = resources.filter(({ outcomes }) => outcomes.length > 1).length;
  return [
    `${count(resources.length, 'resource')}: ${on(true)} scheduled`,
    ...(on(false) ? [`${on(false)} unschedulable`] : []),
    ...(ties ? [`${ties} with two possible outcomes`] : []),
    ...(unsupported.length ? [`${unsupported.length} not decided here`] : []),
    `${count(replicas, 'replica')} on ${used} of ${count(clusters.length, 'cluster')}`,
    ...(findings.length ? [count(findings.length, 'finding')] : []),
  ].join(', ');
}

function resourceText(resource: PreviewedResource, view: PreviewView, paint: Paint): string {
  const { policy, replicas, scheduled, reason, message, outcomes, affinity } = resource;
  const facts = [
    ...(replicas ? [count(replicas, 'replica')] : []),
    ...(policy ? [`by ${keyText({ apiVersion: '', ...policy })}`] : []),
    ...(affinity ? [`affinity group ${affinity}`] : []),
  ];
  const lines = [`${paint.bold(keyText(resource.resource))}   ${facts.join('   ')}`.trimEnd()];
  if (scheduled === false) lines.push(`  ${paint.red('✗ not scheduled')}  ${reason}: ${message}`);
  for (const parent of outcomes[0]?.requiredBy ?? [])
    lines.push(`  goes where ${parent.namespace}/${parent.name} goes`);
  if (outcomes.length > 1) {
    lines.push(
      `  ${paint.yellow('tie')}: Karmada decides by the object's UID, which is not known yet; either one column or the other`,
    );
  }
  return `${lines.join('\n')}\n${clusterTable(resource, view)}`;
}

function clusterTable(resource: PreviewedResource, view: PreviewView): string {
  const { outcomes, scheduled } = resource;
  const shown: readonly (Outcome | undefined)[] = outcomes.length ? outcomes : [undefined];
  const heads = shown.length > 1 ? ['EITHER', 'OR'] : ['REPLICAS'];
  const rows = view.clusters.map((cluster) => {
    const shares = shown.map((outcome) => share(outcome, cluster));
    const at = shown.findIndex((outcome) => outcome?.rendered[cluster]);
    const manifests = shown[at]?.rendered[cluster] ?? [];
    const notes = shares.some((text) => text !== NOTHING)
      ? [...changes(resource, cluster, at, view), ...(shown[at]?.suspended?.includes(cluster) ? ['suspended'] : [])]
      : [view.whyNot(resource, cluster) ?? (scheduled === false ? '' : 'not chosen')];
    return [cluster, ...shares, manifests.flatMap(images).join('\n') || NOTHING, notes.join('\n')];
  });
  const all = [['CLUSTER', ...heads, 'IMAGE', 'OVERRIDDEN, OR WHY NOT'], ...rows];
  // no image anywhere: a column of nothing says nothing
  const column = heads.length + 1;
  const bare = rows.every((row) => row[column] === NOTHING);
  return table(bare ? all.map((row) => row.filter((_, i) => i !== column)) : all, { width: view.width, indent: 2 });
}

const NOTHING = '-';

function share(outcome: Outcome | undefined, cluster: string): string {
  const targets = [...(outcome?.clusters ?? []), ...(outcome?.requiredBy ?? []).flatMap(({ clusters }) => clusters)];
  const own = outcome?.clusters.find(({ name }) => name === cluster);
  if (own?.replicas) return String(own.replicas);
  return targets.some(({ name }) => name === cluster) ? 'yes' : NOTHING;
}

/** What overrides changed for a cluster. */
function changes(
  { resource }: PreviewedResource,
  cluster: string,
  at: number,
  { report, plain }: PreviewView,
): string[] {
  const manifests = ({ resources }: PreviewReport) =>
    resources.find((each) => keyText(each.resource) === keyText(resource))?.outcomes[at]?.rendered[cluster] ?? [];
  const before = manifests(plain);
  return manifests(report).flatMap((manifest, i) =>
    fieldChanges(before[i], manifest).filter(isOverriders).map(changeText),
  );
}

/** Karmada keeps a record in labels and annotations of its own. */
function isOverriders({ path }: FieldChange): boolean {
  return !/^metadata\.(labels|annotations).*karmada\.io/.test(path);
}

function changeText({ path, kind, to, masked }: FieldChange): string {
  const short = path
    .replace(/^spec\.template\.spec\./, '')
    .replace(/^containers\[name=([^\]]*)\]\.image$/, 'image of $1')
    .replace(/^containers\[name=([^\]]*)\]\.env\[name=([^\]]*)\]\.value$/, 'env $2 of $1');
  if (masked) return `${short} (value not shown)`;
  if (kind === 'remove') return `${short} removed`;
  if (/^image of /.test(short)) return short;
  return `${short}: ${typeof to === 'string' ? to : JSON.stringify(to)}`;
}

function images(manifest: any): string[] {
  const pod = manifest.spec?.jobTemplate?.spec?.template?.spec ?? manifest.spec?.template?.spec ?? manifest.spec;
  const containers = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
  return containers.map(({ image }: any) => image).filter((image) => typeof image === 'string');
}

function names(resources: readonly PreviewedResource[]): string {
  const all = resources.map(({ resource }) => keyText(resource));
  return `  ${firsts(all, 50)}\n`;
}

function unsupportedText({ unsupported }: PreviewReport, paint: Paint): string {
  const lines = unsupported.map(({ resource, what }) => `  ${keyText(resource)}: ${what}\n`);
  return `${paint.bold('Not decided here')} (Karmada knows a rule that this release does not)\n${lines.join('')}`;
}
