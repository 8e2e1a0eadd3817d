/** What a message to a person has to say, in this order; a part is left out only when there is nothing true to say. */
export interface Trouble {
  /** What happened, in the user's words, with the value. */
  readonly what: string;
  /** Where: construct path, object, file. */
  readonly at?: string;
  /** What the user can do about it, as an imperative. */
  readonly fix?: string;
  /** A page that explains it. */
  readonly see?: string;
}

/** The text of a trouble, each part on a line of its own. */
export function troubleText(trouble: Trouble): string {
  const lines = [trouble.what];
  if (trouble.at) lines.push(`  at ${trouble.at}`);
  if (trouble.fix) lines.push(`  fix: ${trouble.fix}`);
  if (trouble.see) lines.push(`  see: ${trouble.see}`);
  return lines.join('\n');
}

/** Several troubles as one error: all at once, never the first only. */
export function troubles(all: readonly Trouble[]): Error {
  return new Error(all.map(troubleText).join('\n'));
}
