import { Admission, type AdmissionVerdict } from '../../src/admission/admission';
import { assumptionsOf } from '../../src/admission/command-lines';
import { ExitCode } from '../plan/command-error';
import type { Document } from '../plan/document';
import type { AcknowledgedFinding } from '../render/finding-text';
import { acknowledged, advise } from './advice';
import { fromLibrary } from './library';
import type { Targets } from './target';

/** One object, and all that there is to say about it. */
export interface Review {
  readonly document: Document;
  /** What Karmada would answer; nothing for what goes to the host. */
  readonly verdict?: AdmissionVerdict;
  readonly findings: readonly AcknowledgedFinding[];
}

/**
 * What Karmada would answer to each object, and what our rules say of those that it takes; after them what goes to the host
 * and is doubtful.
 *
 * @param input everything that was given
 * @param targets what of it is for the chosen instance
 * @param assume what differs from the defaults of the control plane, beside what its own command lines say
 */
export function review(input: readonly Document[], targets: Targets, assume: readonly string[]): Review[] {
  const { host, version } = targets;
  const all = [
    ...assumptionsOf(
      host.map(({ manifest }) => manifest),
      version,
    ),
    ...assume,
  ];
  const admission = fromLibrary(ExitCode.USAGE, () => Admission.of({ version, assume: all }));
  const verdicts = new Map(targets.karmada.map((document) => [document, admission.review(document.manifest)]));
  const advice = advise(input, targets, (document) => verdicts.get(document)?.admitted === true, { assume: all });
  const others = [...advice.keys()].filter((document) => !verdicts.has(document));
  return [...targets.karmada, ...others].map((document) => {
    const verdict = verdicts.get(document);
    const findings = [...(verdict?.findings ?? []), ...(advice.get(document) ?? [])];
    return { document, verdict, findings: acknowledged(findings, document, input) };
  });
}
