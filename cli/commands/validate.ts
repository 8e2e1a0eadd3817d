import { Admission } from '../../src/admission/admission';
import { assumptionsOf } from '../../src/admission/command-lines';
import { ExitCode } from '../plan/command-error';
import { placeOf } from '../plan/document';
import { paint } from '../render/paint';
import { validateText } from '../render/validate-text';
import { acknowledged, advise } from './advice';
import type { Context } from './context';
import { readInput } from './input';
import { fromLibrary } from './library';
import { coloured, type GlobalOptions } from './options';
import { targetsOf } from './target';

export interface ValidateOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly assume?: readonly string[];
  readonly instance?: string;
}

/** What Karmada's API server would say about each object, and what of it is doubtful all the same. */
export async function validate(options: ValidateOptions, context: Context): Promise<number> {
  const input = await readInput(options.filename, context);
  const targets = targetsOf(input, options.instance);
  const assume = [...assumptionsOf(targets.host.map(({ manifest }) => manifest)), ...(options.assume ?? [])];
  const admission = fromLibrary(ExitCode.USAGE, () => Admission.of({ version: targets.version, assume }));
  const verdicts = new Map(targets.karmada.map((document) => [document, admission.review(document.manifest)]));
  const advice = advise(input, targets, (document) => verdicts.get(document)?.admitted === true, { assume });
  const reviewed = [...verdicts].map(([document, verdict]) => ({
    document,
    verdict,
    findings: acknowledged([...verdict.findings, ...(advice.get(document) ?? [])], document, input),
  }));
  if (options.output === 'json') {
    const objects = reviewed.map(({ document: { key }, verdict: { admitted, stored }, findings }) => ({
      object: key,
      admitted,
      stored: stored ?? null,
      findings: findings.map(({ code, level, path, message, fix, acknowledged }) => ({
        ...{ code, level, path, message, fix },
        ...(acknowledged !== undefined && { acknowledged }),
      })),
    }));
    context.stdout.write(`${JSON.stringify({ schema: '1', objects }, null, 2)}\n`);
  } else {
    const shown = reviewed.map(({ document, verdict: { admitted, stored }, findings }) => ({
      at: placeOf(document),
      admitted,
      checked: !admitted || Boolean(stored),
      findings,
    }));
    context.stdout.write(validateText(shown, paint(coloured(context.stdout, options, context))));
  }
  return reviewed.every(({ verdict }) => verdict.admitted) ? ExitCode.OK : ExitCode.INVALID_INPUT;
}
