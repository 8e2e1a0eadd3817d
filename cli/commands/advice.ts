import { type Finding, FindingLevel } from '../../src/core/finding';
import { acknowledgedBy } from '../../src/core/private/acknowledged';
import { ACKNOWLEDGED } from '../../src/core/private/keys';
import { Adviser } from '../../src/rules/adviser';
import { instanceAdvice, servesMetrics } from '../../src/rules/host-findings';
import type { Document } from '../plan/document';
import type { AcknowledgedFinding } from '../render/finding-text';
import { type Targets, withoutControlPlane } from './target';

/** What the rules have to know beside the objects. */
export interface AdviceOptions {
  /** What differs from the defaults of the control plane. */
  readonly assume: readonly string[];
  /** Policies of others on the same Karmada. */
  readonly existing?: readonly any[];
}

/**
 * What our rules say of the objects for Karmada, and of how the instance is set up, by document.
 *
 * @param input everything that was given
 * @param targets what of it is for the chosen instance
 * @param isGood whether Karmada would take the object: of one that it refuses there is nothing more to say
 */
export function advise(
  input: readonly Document[],
  { karmada, host, records, version }: Targets,
  isGood: (document: Document) => boolean,
  { assume, existing }: AdviceOptions,
): ReadonlyMap<Document, Finding[]> {
  const own = new Set(withoutControlPlane(input).map(({ source }) => source));
  const documents = karmada.filter((document) => own.has(document.source) && isGood(document));
  const byManifest = new Map([...documents, ...host].map((document) => [document.manifest, document]));
  for (const record of records) {
    byManifest.set(record.manifest, bySource(karmada).get(record.source) ?? record);
  }
  const metricsAdapter = servesMetrics(host.map(({ manifest }) => manifest));
  const adviser = new Adviser({ assume, existing, version, installed: host.length > 0, metricsAdapter });
  const found = new Map<Document, Finding[]>();
  const setUp = instanceAdvice(
    host.map(({ manifest }) => manifest),
    records.map(({ manifest }) => manifest),
  );
  for (const { object, finding } of [...setUp, ...adviser.advise(documents.map(({ manifest }) => manifest))]) {
    const document = byManifest.get(object) as Document;
    found.set(document, [...(found.get(document) ?? []), finding]);
  }
  return found;
}

/** Findings of an object, those that somebody decided are fine with the reason. `input` is what was given: reasons are annotations. */
export function acknowledged(
  findings: readonly Finding[],
  document: Document,
  input: readonly Document[],
): AcknowledgedFinding[] {
  if (findings.length === 0) return [];
  const given = bySource(input).get(document.source);
  const reasons = acknowledgedBy(given?.manifest.metadata?.annotations?.[ACKNOWLEDGED]);
  return findings.map((finding) => {
    const reason = finding.level === FindingLevel.WARNING ? reasons[finding.code] : undefined;
    return reason === undefined ? finding : { ...finding, acknowledged: reason };
  });
}

type Sources = ReadonlyMap<Document['source'], Document>;

/** Thousands of findings ask for the same input. */
const SOURCES = new WeakMap<readonly Document[], Sources>();

function bySource(input: readonly Document[]): Sources {
  const known = SOURCES.get(input) ?? new Map(input.map((document) => [document.source, document]));
  SOURCES.set(input, known);
  return known;
}
