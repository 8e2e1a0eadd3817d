import type { ObjectKey } from '../../src/core/object-key';
import { hurdleOf } from './hurdle';
import type { FieldConflict, Refusal } from './plan';

/** What an API server answered. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** What to do about an answer; it takes the words of the server to tell, codes alone say too little. */
export type AnswerClass =
  | 'ok'
  /** A field belongs to another manager, with another value. */
  | 'conflict'
  /** Somebody else was quicker: read again. */
  | 'stale'
  /** Not there: the object, or its namespace, or its kind. */
  | 'absent'
  /** The namespace is being deleted. */
  | 'terminating'
  /** The object is wrong; trying again is of no use. */
  | 'invalid'
  | 'forbidden'
  /** The server is busy, or a webhook of it does not answer: may pass. */
  | 'passing';

export function classify(answer: Answer): AnswerClass {
  const { status, body } = answer;
  const message = String(body?.message ?? (typeof body === 'string' ? body : ''));
  if (status < 300) return 'ok';
  if (status === 404) return 'absent';
  if (status === 401) return 'forbidden';
  if (status === 403) {
    if (hasCause(body, 'NamespaceTerminating')) return 'terminating';
    return /cannot \S+ resource|attempting to grant/.test(message) ? 'forbidden' : 'invalid';
  }
  if (status === 409) return hasCause(body, 'FieldManagerConflict') ? 'conflict' : 'stale';
  return hurdleOf(answer) ? 'passing' : 'invalid';
}

function hasCause(body: any, reason: string): boolean {
  return (body?.details?.causes ?? []).some((cause: any) => cause.reason === reason);
}

/** The server's words about an object, fit for a terminal; about a Secret only which fields they were about. */
export function answerText(key: ObjectKey, answer: Answer): string {
  const { status, body } = answer;
  if (key.kind === 'Secret' && key.apiVersion === 'v1') {
    const fields = (body?.details?.causes ?? []).map((cause: any) => cause.field).filter(Boolean);
    const about = fields.length ? ` about ${[...new Set(fields)].join(', ')}` : '';
    return `the server answered ${status}${body?.reason ? ` ${body.reason}` : ''}${about}; its words can hold the Secret's values and are not shown`;
  }
  const words = typeof body === 'string' ? body : body?.message;
  return printable(`the server answered ${status}: ${words || 'nothing'}`);
}

/** Without control characters: a server may repeat anything that somebody wrote into an object. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

/** Which fields of an object belong to whom, out of a conflict. */
export function conflictsOf(body: any): FieldConflict[] {
  const causes: any[] = body?.details?.causes ?? [];
  return causes
    .filter((cause) => cause.reason === 'FieldManagerConflict')
    .map((cause) => ({
      path: printable(String(cause.field).replace(/^\./, '')),
      manager: printable(/conflict with "((?:[^"\\]|\\.)*)"/.exec(cause.message)?.[1] ?? String(cause.message)),
    }));
}

/** A refusal that trying again does not mend. */
export function refusalOf(key: ObjectKey, answer: Answer): Refusal {
  const reason = classify(answer) === 'forbidden' ? 'forbidden' : 'invalid';
  return { reason, message: answerText(key, answer) };
}
