import { ExitCode } from '../plan/command-error';
import { placeOf } from '../plan/document';
import { paint } from '../render/paint';
import { validateText } from '../render/validate-text';
import type { Context } from './context';
import { readInput } from './input';
import { coloured, type GlobalOptions } from './options';
import { review } from './review';
import { targetsOf } from './target';

export interface ValidateOptions extends GlobalOptions {
  readonly filename?: readonly string[];
  readonly assume?: readonly string[];
  readonly instance?: string;
}

/** What Karmada's API server would say about each object, and what of it is doubtful all the same. */
export async function validate(options: ValidateOptions, context: Context): Promise<number> {
  const input = await readInput(options.filename, context);
  const reviewed = review(input, targetsOf(input, options.instance), options.assume ?? []);
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
