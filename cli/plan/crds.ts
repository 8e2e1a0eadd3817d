import { keyOf, keyText } from '../../src/core/object-key';
import { readYaml } from '../../src/core/private/kubernetes-yaml';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from './command-error';
import { isToolAnnotation } from './sendable';

/** A text of a source, by where it stands in it. */
export interface CrdText {
  readonly path: string;
  readonly text: string;
}

/** What a source has for the definitions of the input. */
export interface ChosenCrds {
  /** By name, as they are sent. */
  readonly manifests: ReadonlyMap<string, any>;
  /** What else it has, which is not applied. */
  readonly notes: readonly string[];
}

interface Found {
  readonly manifest: any;
  readonly path: string;
}

const KIND = 'CustomResourceDefinition';
/** So many of a list are named. */
const NAMED = 5;

/**
 * The definitions of a source in the place of those of the input, and no others.
 *
 * @param expected those of the input: which ones there are, in which versions, with which fields, and how they are converted
 * @param release such as `v1.18.2`
 * @param source where the texts come from, in words
 * @throws with all that the source lacks
 */
export function chosenCrds(
  expected: readonly any[],
  texts: readonly CrdText[],
  release: string,
  source: string,
): ChosenCrds {
  const wrong: Trouble[] = [];
  const found = read(texts, source, wrong);
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  const manifests = new Map<string, any>();
  const notes: string[] = [];
  for (const manifest of expected) {
    const { name } = manifest.metadata;
    const [own, ...more] = found.filter((each) => each.manifest.metadata.name === name);
    if (!own || more.length) {
      const what = own
        ? `${keyText(keyOf(manifest))} is in ${[own, ...more].map(({ path }) => path).join(' and ')}`
        : `there is no ${keyText(keyOf(manifest))}, which Karmada ${release} has`;
      wrong.push({ what, at: source, fix: 'give the `crds` of the release as it is' });
      continue;
    }
    const lacking = differences(manifest, own.manifest);
    if (lacking.length) {
      wrong.push({
        what: `${keyText(keyOf(manifest))} is not that of Karmada ${release}: it lacks ${listed(lacking)}`,
        at: `${own.path} of ${source}`,
        fix: `give the \`crds\` of Karmada ${release}, or the version of the instance that they are of`,
      });
      continue;
    }
    const newer = differences(own.manifest, manifest);
    if (newer.length) notes.push(`${keyText(keyOf(manifest))} of that source has more than is known: ${listed(newer)}`);
    manifests.set(name, sent(own.manifest, manifest));
  }
  if (wrong.length) throw new CommandError(ExitCode.INVALID_INPUT, wrong);
  const others = found.filter(({ manifest }) => !manifests.has(manifest.metadata.name));
  if (others.length) {
    notes.push(
      `not applied, as Karmada ${release} has no such kind: ${listed(others.map(({ manifest }) => manifest.metadata.name))}`,
    );
  }
  return { manifests, notes };
}

/** The definitions in the texts. What Karmada itself keeps beside them are patches, which are ours to say. */
function read(texts: readonly CrdText[], source: string, wrong: Trouble[]): Found[] {
  const inBases = texts.filter(({ path }) => path.split('/').includes('bases'));
  return (inBases.length ? inBases : texts).flatMap(({ path, text }) => {
    const { documents, fault } = readYaml(text);
    if (fault) {
      const place = fault.line === undefined ? path : `${path}:${fault.line}:${fault.column}`;
      wrong.push({ what: `this is not YAML: ${fault.reason}`, at: `${place} of ${source}` });
    }
    return documents
      .filter((manifest) => manifest?.kind === KIND && typeof manifest.metadata?.name === 'string')
      .map((manifest) => ({ manifest, path }));
  });
}

/** The definition of a source, with what is ours to say about it. */
function sent({ spec, metadata }: any, { spec: { conversion }, metadata: { name } }: any): any {
  const { conversion: _, ...rest } = spec;
  const kept = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) => !isToolAnnotation(key) && !/^applyset\./.test(key)),
  );
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: KIND,
    metadata: { name, ...(Object.keys(kept).length > 0 && { annotations: kept }) },
    spec: { ...rest, ...(conversion && { conversion }) },
  };
}

/** What the one has and the other has not: the kind itself, versions, fields, values. */
function differences(one: any, other: any): string[] {
  const there = new Set(facts(other));
  const missing: string[] = [];
  for (const fact of facts(one).filter((each) => !there.has(each))) {
    // of what is not there, that which stands below it says nothing more
    const above = missing[missing.length - 1];
    if (above === undefined || !fact.startsWith(above) || !/^[.[{ ]/.test(fact.slice(above.length))) missing.push(fact);
  }
  return missing;
}

function facts({ apiVersion, spec }: any): string[] {
  const { group, scope, names, versions } = spec ?? {};
  return [
    `apiVersion ${apiVersion}`,
    `group ${group}`,
    `scope ${scope}`,
    `kind ${names?.kind}`,
    `plural ${names?.plural}`,
    ...[versions ?? []].flat().flatMap((version: any) => {
      const { name, served, storage, schema } = version ?? {};
      return [
        `${name}`,
        `${name} ${served ? 'served' : 'not served'}`,
        ...(storage ? [`${name} stored`] : []),
        ...fieldsOf(schema?.openAPIV3Schema, `${name} `),
      ];
    }),
  ];
}

function fieldsOf(schema: any, path: string): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  return [
    ...[schema.enum ?? []].flat().map((value: unknown) => `${path} ${JSON.stringify(value)}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const below = `${path}${path.endsWith(' ') ? '' : '.'}${name}`;
      return [below, ...fieldsOf(field, below)];
    }),
    ...fieldsOf(schema.items, `${path}[]`),
    ...fieldsOf(schema.additionalProperties, `${path}{}`),
  ];
}

function listed(all: readonly string[]): string {
  const more = all.length - NAMED;
  return `${all.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
