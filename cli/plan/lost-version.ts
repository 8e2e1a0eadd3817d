import { type Answer, classify } from './answer';

/**
 * Could a server not take an object because somebody wrote it in a version that the definition of its kind has lost since?
 * The version is in the record of who owns which field, where nothing but a new record mends it.
 */
export function isOfLostVersion(answer: Answer): boolean {
  return classify(answer) === 'invalid' && LOST.test(String(answer.body?.message ?? ''));
}

/** The same in the words of a refusal. */
export function tellsLostVersion(words: string | undefined): boolean {
  return LOST.test(words ?? '');
}

const LOST = /convert CR (to|from) an invalid group\/version/;

/** The record of who owns which field, as of the version that is written now. */
export function recordInVersion(live: any, apiVersion: string): any[] {
  return (live.metadata.managedFields ?? []).map((entry: any) => ({ ...entry, apiVersion }));
}
