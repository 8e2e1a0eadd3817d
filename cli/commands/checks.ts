import type { Finding } from '../../src/core/finding';
import type { Trouble } from '../../src/core/private/trouble';
import { CommandError, ExitCode } from '../plan/command-error';
import { type Document, placeOf } from '../plan/document';
import type { ObjectFinding } from '../render/plan-findings';
import { review } from './review';
import type { Run } from './servers';
import { targetsOf } from './target';

/**
 * What there is to say about the objects of the run, before any server is asked.
 *
 * @param assume what differs from the defaults of the control plane
 * @throws for everything that Karmada would refuse: apply would stop half-way
 */
export function checked({ documents, input }: Run, assume: readonly string[]): ObjectFinding[] {
  const sources = new Set(
    input.charts.flatMap(({ parent, objects }) => [parent.source, ...objects.map(({ source }) => source)]),
  );
  const reviews = review(documents, targetsOf(documents, input.instance), assume).filter(({ document }) =>
    sources.has(document.source),
  );
  const refusals = reviews.flatMap(({ document, verdict }) =>
    verdict?.admitted === false ? verdict.findings.map((finding) => findingTrouble(finding, document)) : [],
  );
  if (refusals.length) throw new CommandError(ExitCode.INVALID_INPUT, refusals);
  return reviews.flatMap(({ document, findings }) => findings.map((finding) => ({ document, finding })));
}

/** A finding that keeps the command from going on. */
export function findingTrouble({ code, message, path, fix }: Finding, document: Document): Trouble {
  return {
    what: `${code}: ${message}`,
    at: [path, placeOf(document)].filter(Boolean).join(' of '),
    fix,
    see: `docs/findings.md#${code.toLowerCase()}`,
  };
}
