import { keyText } from '../../src/core/object-key';
import { fieldChanges } from '../plan/field-diff';
import type { FieldChange } from '../plan/plan';
import type { Outcome, PreviewedResource, PreviewReport, Share } from './preview-report';
import { count } from './words';

/** Everything that a person reads of a preview is made from this, in every form. */
export interface PreviewView {
  readonly report: PreviewReport;
  /** The resource as it would be without overrides: what an override changed is the difference. */
  readonly plain: (resource: PreviewedResource) => PreviewedResource | undefined;
  /** Names of the fleet's clusters. */
  readonly clusters: readonly string[];
  /** Policies of other people were given. */
  readonly othersKnown: boolean;
  /** Why no manifests were rendered, as a sentence: then images, and what overrides change, are not known. */
  readonly unrendered?: string;
  /** Why a cluster does not get a resource, in Karmada's words. */
  readonly whyNot: (resource: PreviewedResource, cluster: string) => string | undefined;
}

/** How sure a preview can be, in a sentence. */
export function certainty({ othersKnown }: Pick<PreviewView, 'othersKnown'>): string {
  return othersKnown
    ? "Other people's policies and overrides take part, as given with --existing."
    : "Other people's policies on the same Karmada are assumed not to exist (--existing names them).";
}

/** When what decides by free capacity was true; nothing when nothing goes by it. */
export function capacityTime({ resources }: PreviewReport): string | undefined {
  const asOf = resources.find((each) => each.asOf !== undefined)?.asOf;
  if (asOf === undefined) return undefined;
  return `What goes by free capacity is as of ${asOf ?? 'the fleet, which does not say when it was read'}.`;
}

/** The resources of a report by what becomes of them. */
export interface Sorted {
  /** They go somewhere, or would if they could. */
  readonly placed: readonly PreviewedResource[];
  /** No policy claims them. */
  readonly loose: readonly PreviewedResource[];
}

export function sorted({ resources, unsupported }: PreviewReport): Sorted {
  const unknown = new Set(unsupported.map(({ resource }) => `${resource.apiVersion} ${keyText(resource)}`));
  const isPlaced = ({ outcomes, scheduled }: PreviewedResource) => outcomes.length > 0 || scheduled === false;
  const isKnown = ({ resource }: PreviewedResource) => !unknown.has(`${resource.apiVersion} ${keyText(resource)}`);
  return {
    placed: resources.filter(isPlaced),
    loose: resources.filter((resource) => !isPlaced(resource) && isKnown(resource)),
  };
}

/** The totals, in a sentence. */
export function totals({ report, clusters }: PreviewView): string {
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

/** The clusters of an outcome by name, with how much each gets; those of a dependency get no replicas. */
export function shares(outcome: Outcome | undefined): ReadonlyMap<string, number> {
  const followed = (outcome?.requiredBy ?? []).flatMap(({ clusters }) => clusters.map(({ name }) => ({ name })));
  const all: readonly Share[] = [...followed, ...(outcome?.clusters ?? [])];
  return new Map(all.map(({ name, replicas = 0 }) => [name, replicas]));
}

/** What overrides changed for a cluster, in the outcome at this place. */
export function changes(resource: PreviewedResource, cluster: string, at: number, view: PreviewView): string[] {
  const before = view.plain(resource)?.outcomes[at]?.rendered[cluster] ?? [];
  return (resource.outcomes[at]?.rendered[cluster] ?? []).flatMap((manifest, i) =>
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

/** The images of the containers of a manifest. */
export function images(manifest: any): string[] {
  const pod = manifest.spec?.jobTemplate?.spec?.template?.spec ?? manifest.spec?.template?.spec ?? manifest.spec;
  const containers = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
  return containers.map(({ image }: any) => image).filter((image) => typeof image === 'string');
}
