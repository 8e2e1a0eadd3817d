import { Admission } from '../../src/admission/admission';
import { assumptionsOf } from '../../src/preview/private/assume';
import { ExitCode } from '../plan/command-error';
import { placeOf } from '../plan/document';
import { paint } from '../render/paint';
import { validateText } from '../render/validate-text';
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

/** What Karmada's API server would say about each object. */
export async function validate(options: ValidateOptions, context: Context): Promise<number> {
  const { karmada, host } = targetsOf(await readInput(options.filename, context), options.instance);
  const assume = [...assumptionsOf(host.map(({ manifest }) => manifest)), ...(options.assume ?? [])];
  const admission = fromLibrary(ExitCode.USAGE, () => Admission.of({ assume }));
  const reviewed = karmada.map((document) => ({ document, verdict: admission.review(document.manifest) }));
  if (options.output === 'json') {
    const objects = reviewed.map(({ document: { key }, verdict: { admitted, stored, findings } }) => ({
      object: key,
      admitted,
      stored: stored ?? null,
      findings: findings.map(({ code, level, path, message, fix }) => ({ code, level, path, message, fix })),
    }));
    context.stdout.write(`${JSON.stringify({ schema: '1', objects }, null, 2)}\n`);
  } else {
    const verdicts = reviewed.map(({ document, verdict: { admitted, stored, findings } }) => ({
      at: placeOf(document),
      admitted,
      checked: !admitted || Boolean(stored),
      findings,
    }));
    context.stdout.write(validateText(verdicts, paint(coloured(context.stdout, options, context))));
  }
  return reviewed.every(({ verdict }) => verdict.admitted) ? ExitCode.OK : ExitCode.INVALID_INPUT;
}
