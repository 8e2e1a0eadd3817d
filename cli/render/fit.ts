import stringWidth from 'string-width';

/** Text for a terminal of so many columns: what is wider gives up its columns, then goes on below, further in. */
export function fitted(text: string, width = Number.POSITIVE_INFINITY): string {
  return text
    .split('\n')
    .map((line) => (stringWidth(line) <= width ? line : wrapped(line, width)))
    .join('\n');
}

function wrapped(line: string, width: number): string {
  const margin = /^ */.exec(line)?.[0] ?? '';
  const close = margin + line.trim().replace(/ {3,}/g, '  ');
  if (stringWidth(close) <= width) return close;
  const below = `${margin}  `;
  const lines = [margin];
  for (const word of close.trim().split(/(?<=\S) (?=\S)/)) {
    const last = lines.length - 1;
    const begun = lines[last].trim() !== '';
    const longer = begun ? `${lines[last]} ${word}` : lines[last] + word;
    if (begun && stringWidth(longer) > width) lines.push(below + word);
    else lines[last] = longer;
  }
  return lines.join('\n');
}
