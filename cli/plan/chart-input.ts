import { groupOf, keyText, type ObjectKey } from '../../src/core/object-key';
import { applySetId } from '../../src/core/private/apply-set';
import * as keys from '../../src/core/private/keys';
import type { Trouble } from '../../src/core/private/trouble';
import { type InputSelection, select } from './chart-selection';
import { CommandError, ExitCode } from './command-error';
import { type CrdSource, crdSourceOf } from './crd-source';
import { annotation, desiredObject } from './desired-object';
import { type Document, place, placeOf } from './document';
import type { Plane, Source } from './plan';
import type { UserRule } from './readiness/user-rule';

/** Label of the members of an ApplySet (KEP-3659). */
export const PART_OF = keys.PART_OF;

/** Where a value of a Secret is on the machine that the command runs on: one of the two. */
export interface SecretPlace {
  readonly environment?: string;
  readonly file?: string;
}

/** One object of a chart, ready to be sent. */
export interface DesiredObject {
  readonly plane: Plane;
  readonly instance: string;
  /** Construct path of the chart. */
  readonly chart: string;
  readonly key: ObjectKey;
  readonly path: string;
  readonly wave: number;
  readonly source: Source;
  /** As it is sent; CA bundles are filled in later. */
  readonly manifest: any;
  /** Held by several charts in the same words: applied when missing, in no inventory. */
  readonly shared: boolean;
  /** The namespace of its chart's record, which comes before all else of the chart. */
  readonly home?: boolean;
  /** A part of a Cluster that others joined, which has to be there. */
  readonly joined: boolean;
  /** It may be deleted and made anew where a field of it cannot be changed. */
  readonly replaceable?: boolean;
  /** Secret of the authority whose certificate goes into the CA bundle. */
  readonly injectCa?: string;
  /** Where the values of a Secret are, by key. They are filled in before the object is sent. */
  readonly secretValues?: { readonly [key: string]: SecretPlace };
  /** The raw annotation, kpt's format. */
  readonly dependsOn?: string;
  /** What the user says about when it is ready. */
  readonly ready?: UserRule;
  /** How long it may take to be ready, where it has a time of its own. */
  readonly readyTimeoutMs?: number;
}

/** A chart: its ApplySet parent and its objects, in input order. */
export interface ChartInput {
  readonly plane: Plane;
  readonly instance: string;
  readonly version: string;
  /** Construct path. */
  readonly path: string;
  readonly parent: { readonly key: ObjectKey; readonly id: string; readonly manifest: any; readonly source: Source };
  readonly objects: readonly DesiredObject[];
  /** Where the definitions among its objects come from, when it is not the input. */
  readonly crds?: CrdSource;
}

/** What one run is about: the charts of one instance. */
export interface Input {
  readonly instance: string;
  /** Those that the run applies. */
  readonly charts: readonly ChartInput[];
  /** Every chart of the instance in the input, also those that `--only` leaves out. */
  readonly all: readonly ChartInput[];
  /** What the reader of a plan should know of where it comes from. */
  readonly notes?: readonly string[];
}

/**
 * Groups the objects of the input by chart: an object belongs to the chart whose construct path is the longest prefix of
 * its own, segment by segment.
 */
export function readCharts(documents: readonly Document[], selection: InputSelection = {}): Input {
  const wrong: Trouble[] = [];
  const parents = documents.filter((document) => annotation(document, keys.TARGET) !== undefined);
  if (!parents.length) throw new CommandError(ExitCode.INVALID_INPUT, [NO_CHART]);
  const charts = parents.map((parent) => chartOf(parent, wrong));
  wrong.push(...twice(charts.map((chart, i) => [`${chart.plane} ${keyText(chart.parent.key)}`, parents[i]])));

  const members = new Map<ChartInput, DesiredObject[]>(charts.map((chart) => [chart, []]));
  const places = new Map<string, Document>();
  for (const document of documents) {
    if (parents.includes(document)) continue;
    const path = annotation(document, keys.PATH);
    if (annotation(document, keys.SHARED) === 'true') {
      for (const chart of charts.filter((each) => isHome(document, each))) {
        const own = members.get(chart) ?? [];
        if (!own.some((object) => isHome(object, chart)))
          own.unshift(desiredObject(document, path ?? chart.path, chart, wrong));
      }
      continue;
    }
    const chart = path === undefined ? undefined : longestPrefix(charts, path);
    if (path === undefined || !chart) {
      wrong.push(orphan(document, path));
      continue;
    }
    const object = desiredObject(document, path, chart, wrong);
    members.get(chart)?.push(object);
    const id = identity(object);
    const first = places.get(id);
    if (first) wrong.push(duplicate(first, document));
    else places.set(id, document);
  }
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  return select(
    charts.map((chart) => ({ ...chart, objects: members.get(chart) ?? [] })),
    selection,
  );
}

/**
 * All objects of the charts. The namespace of a chart's record is there before anything of the chart, whatever its own
 * wave; of what several charts share only the one with the lowest wave counts.
 */
export function objectsOf(charts: readonly ChartInput[]): DesiredObject[] {
  const objects = charts.flatMap((chart) => {
    const first = Math.min(...chart.objects.map((object) => object.wave));
    return chart.objects.map((object) => (isHome(object, chart) ? { ...object, wave: first, home: true } : object));
  });
  const shared = new Map<string, DesiredObject>();
  for (const object of objects.filter((each) => each.shared)) {
    const other = shared.get(identity(object));
    if (!other || object.wave < other.wave) shared.set(identity(object), object);
  }
  return objects.filter((object) => !object.shared || shared.get(identity(object)) === object);
}

/** Is it the namespace that the record of the chart is in? */
function isHome({ key }: { readonly key: ObjectKey }, { parent }: ChartInput): boolean {
  return key.apiVersion === 'v1' && key.kind === 'Namespace' && key.name === parent.key.namespace;
}

/** What makes two manifests the same object on a server: its plane, group, kind, namespace and name, not its version. */
export function identity(object: { readonly plane: Plane; readonly key: ObjectKey }): string {
  const { apiVersion, kind, namespace, name } = object.key;
  return [object.plane, groupOf(apiVersion), kind, namespace, name].join('|');
}

function chartOf(document: Document, wrong: Trouble[]): ChartInput {
  const [target, instance, version, path] = [keys.TARGET, keys.INSTANCE, keys.VERSION, keys.CHART].map((name) =>
    annotation(document, name),
  );
  if (target !== 'host' && target !== 'karmada') {
    wrong.push({
      what: `the target of a chart is "host" or "karmada", not "${target}"`,
      at: placeOf(document),
      fix: 'synthesize again with this version of cdk8s-karmada',
    });
  }
  const missing = [
    [keys.INSTANCE, instance],
    [keys.CHART, path],
  ].filter(([, value]) => !value);
  const id = applySetId(document.key.name, document.key.namespace);
  if (missing.length || document.manifest.metadata.labels?.[keys.APPLY_SET_ID] !== id) {
    wrong.push({
      what: missing.length
        ? `the record of a chart has no annotation ${missing.map(([name]) => name).join(', ')}`
        : `the record of a chart does not have the label ${keys.APPLY_SET_ID}: ${id} that its name and namespace give`,
      at: placeOf(document),
      fix: 'synthesize again, and do not change names, namespaces or labels of what was synthesized',
    });
  }
  return {
    plane: target === 'host' ? 'host' : 'karmada',
    instance: instance ?? '',
    version: version ?? '',
    path: path ?? '',
    // on the parent the annotations stay: they say what it is the record of
    parent: { key: document.key, id, manifest: document.manifest, source: document.source },
    objects: [],
    crds: crdSourceOf(annotation(document, keys.CRDS), placeOf(document), wrong),
  };
}

function longestPrefix(charts: readonly ChartInput[], path: string): ChartInput | undefined {
  return charts
    .filter((chart) => path === chart.path || path.startsWith(`${chart.path}/`))
    .reduce<ChartInput | undefined>(
      (best, chart) => (best && best.path.length >= chart.path.length ? best : chart),
      undefined,
    );
}

function orphan(document: Document, path: string | undefined): Trouble {
  return {
    what:
      path === undefined
        ? `${keyText(document.key)} belongs to no chart: it has no annotation ${keys.PATH}`
        : `${keyText(document.key)} belongs to no chart: no chart in the input is at or above "${path}"`,
    at: place(document.source),
    fix: 'put it into a MulticloudChart, or give all files of `cdk8s synth` together; other manifests are for kubectl',
  };
}

function duplicate(first: Document, second: Document): Trouble {
  const paths = [first, second].map((document) => `${annotation(document, keys.PATH)} (${place(document.source)})`);
  return {
    what: `${keyText(second.key)} is in the input twice`,
    at: paths.join(' and '),
    fix: 'keep one of them, or give one another name or namespace',
  };
}

function twice(named: readonly (readonly [string, Document])[]): Trouble[] {
  return named.flatMap(([name, document], i) => {
    const first = named.findIndex(([other]) => other === name);
    if (first === i) return [];
    const charts = [named[first][1], document].map((each) => `${annotation(each, keys.CHART)} (${place(each.source)})`);
    return [
      {
        what: `two charts have the same record, ${keyText(document.key)}`,
        at: charts.join(' and '),
        fix: 'give one of the charts another id',
      },
    ];
  });
}

const NO_CHART: Trouble = {
  what: 'the input holds no chart: no ConfigMap in it says which server the objects are for',
  fix: 'give all files of `cdk8s synth` of an app with a MulticloudInstance or a MulticloudChart',
};
