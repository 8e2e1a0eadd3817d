import { visible } from './error-text';

/** Text of others in GitHub-flavoured Markdown: nothing in it is markup, a mention, or the end of a table's cell. */
export function prose(text: string): string {
  return entities(text).replace(/@/g, '&#64;&#8203;'); // a space without width: nobody is called
}

/** A name or value of others, set as code. */
export function code(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** A table; cells are Markdown. */
export function markdownTable(head: readonly string[], rows: readonly string[]): string {
  return `${row(head)}${row(head.map(() => '---'))}${rows.join('')}`;
}

/** One row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text that is shown up to so many characters. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const MARKUP: { readonly [char: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function entities(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(
    /[&<>|`*_[\]~\\#$!]/g,
    (char) => MARKUP[char] ?? `&#${char.charCodeAt(0)};`,
  );
}
