import type { KarmadaVersion } from '../../src/core/karmada-version';
import * as keys from '../../src/core/private/keys';
import { releaseOf } from '../../src/core/private/release-of';
import { CommandError, ExitCode } from '../plan/command-error';
import type { Document } from '../plan/document';
import { isToolAnnotation } from '../plan/sendable';
import { fromLibrary } from './library';

/** The objects of one instance, by the server that they are for. */
export interface Targets {
  /** For Karmada's API server; without the annotations that are for the command, but for the one that admission reads. */
  readonly karmada: readonly Document[];
  /** For the host; they say how the control plane is set up. */
  readonly host: readonly Document[];
  /** The records of its charts, as they were given. */
  readonly records: readonly Document[];
  /** The release that the charts of the instance are made for; undefined when they do not say. */
  readonly version?: KarmadaVersion;
}

interface Chart {
  readonly path: string;
  readonly target: string;
  readonly instance: string;
}

/** Splits the input by target. What belongs to no chart, such as YAML that a person wrote, is for Karmada. */
export function targetsOf(documents: readonly Document[], instance: string | undefined): Targets {
  const charts = documents.filter((document) => annotation(document, keys.TARGET)).map(chartOf);
  const name = chosen(charts, instance);
  const karmada: Document[] = [];
  const host: Document[] = [];
  for (const document of documents) {
    const chart = longestPrefix(charts, annotation(document, keys.CHART) ?? annotation(document, keys.PATH));
    if (chart && chart.instance !== name) continue;
    if (chart?.target === 'host') host.push(document);
    else karmada.push({ ...document, manifest: withoutToolAnnotations(document.manifest) });
  }
  const records = documents.filter(
    (document) => annotation(document, keys.TARGET) && annotation(document, keys.INSTANCE) === name,
  );
  const version = fromLibrary(ExitCode.INVALID_INPUT, () => releaseOf(records.map(({ manifest }) => manifest)));
  return { karmada, host, records, version };
}

/**
 * What is left without the parts of the control plane itself: the chart `karmada` of an instance, with its CRDs, webhooks
 * and permissions on Karmada. Objects of the host stay: they say how the control plane is set up.
 */
export function withoutControlPlane(documents: readonly Document[]): Document[] {
  const charts = documents.filter((document) => annotation(document, keys.TARGET)).map(chartOf);
  const hosts = charts.filter(({ target }) => target === 'host').map(({ path }) => `${path}/karmada`);
  return documents.filter((document) => {
    const chart = longestPrefix(charts, annotation(document, keys.PATH));
    return !chart || chart.target === 'host' || !hosts.includes(chart.path);
  });
}

function annotation(document: Document, name: string): string | undefined {
  return document.manifest.metadata?.annotations?.[name];
}

function chartOf(document: Document): Chart {
  const [path, target, instance] = [keys.CHART, keys.TARGET, keys.INSTANCE].map(
    (name) => annotation(document, name) ?? '',
  );
  return { path, target, instance };
}

function chosen(charts: readonly Chart[], asked: string | undefined): string | undefined {
  const names = [...new Set(charts.map((chart) => chart.instance))].sort();
  const all = names.map((name) => `"${name}"`).join(', ');
  if (asked !== undefined && !names.includes(asked)) {
    const fix = names.length ? `choose one of ${all}` : 'leave --instance out: the input has no chart of any instance';
    throw new CommandError(ExitCode.USAGE, [{ what: `there is no instance "${asked}" in the input`, fix }]);
  }
  if (asked === undefined && names.length > 1) {
    throw new CommandError(ExitCode.USAGE, [
      { what: `the input holds ${names.length} instances: ${all}`, fix: 'choose one with --instance <name>' },
    ]);
  }
  return asked ?? names[0];
}

function longestPrefix(charts: readonly Chart[], path: string | undefined): Chart | undefined {
  if (path === undefined) return undefined;
  return charts
    .filter((chart) => path === chart.path || path.startsWith(`${chart.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function withoutToolAnnotations(manifest: any): any {
  const annotations = manifest.metadata?.annotations;
  if (!annotations || !Object.keys(annotations).some(isToolAnnotation)) return manifest;
  // what is a part of a cluster that others joined is admitted as such
  const kept = Object.entries(annotations).filter(([name]) => !isToolAnnotation(name) || name === keys.JOINED);
  const { annotations: _, ...metadata } = manifest.metadata;
  return { ...manifest, metadata: kept.length ? { ...metadata, annotations: Object.fromEntries(kept) } : metadata };
}
