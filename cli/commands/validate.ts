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
    const objects = reviewed.map(({ document: { key }, verdict, findings }) => ({
      object: key,
      admitted: verdict?.admitted ?? null,
      stored: verdict?.stored ?? null,
      findings: findings.map(({ code, level, path, message, fix, acknowledged }) => ({
        ...{ code, level, path, message, fix },
        ...(acknowledged !== undefined && { acknowledged }),
      })),
    }));
    context.stdout.write(`${JSON.stringify({ schema: '1', objects }, null, 2)}\n`);
  } else {
    const shown = reviewed.map(({ document, verdict, findings }) => ({
      at: placeOf(document),
      admitted: verdict?.admitted,
      checked: !verdict?.admitted || Boolean(verdict.stored),
      findings,
    }));
    context.stdout.write(validateText(shown, paint(coloured(context.stdout, options, context))));
  }
  return reviewed.some(({ verdict }) => verdict?.admitted === false) ? ExitCode.INVALID_INPUT : ExitCode.OK;
}
