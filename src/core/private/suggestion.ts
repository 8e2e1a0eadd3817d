/** What to write instead of a word that is not among those known: `did you mean east? known clusters: east, west`. */
export function suggestion(word: string, known: readonly string[], plural: string): string {
  const all = `known ${plural}: ${[...known].sort().join(', ')}`;
  const near = nearest(word, known);
  return near ? `did you mean ${near}? ${all}` : all;
}

/** The nearest of the words, when it is near enough to be a slip. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1));
  return best && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** How many letters have to be put in, left out or replaced to come from one word to the other (Levenshtein). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length];
}
