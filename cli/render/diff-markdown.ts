import { type DiffView, limitText, sections, totalsLines } from './diff-rows';
import { clipped, code, markdownTable, prose, row } from './markdown';
import { MarkdownPage } from './markdown-page';
import { certainty } from './preview-view';

/** By this a bot finds the comment that it wrote before. */
const MARK = '<!-- cdk8s-karmada diff -->';
const WHOLE = '`cdk8s-karmada diff -o json` has all of it.';
const MOST_CHARACTERS = 300;

/** The blast radius as a comment of a pull request: totals first, what moves open, the rest folded; never too long for one. */
export function diffMarkdown(view: DiffView): string {
  const { radius, before, after } = view;
  const [moves, ...rest] = totalsLines(radius);
  const head = [
    `${MARK}\n### Karmada: ${prose(`${before} → ${after}`)}`,
    `**${moves}**`,
    rest.join('<br>'),
    ...(radius.maxMoved ? [`**${prose(limitText(radius.maxMoved, radius))}**`] : []),
    certainty(view),
  ];
  const page = new MarkdownPage(`${head.join('\n\n')}\n`);
  for (const { title, rows, isUrgent } of sections(radius)) {
    const [names, ...items] = rows;
    page.add({
      ...{ title: `${title} (${items.length})`, what: `rows of "${title}"`, share: 0.5, folded: !isUrgent },
      head: markdownTable(
        names.map((name) => name.toLowerCase()),
        [],
      ),
      items,
      show: ([name, ...cells]) => row([code(clipped(name, MOST_CHARACTERS)), ...cells.map(cellText)]),
    });
  }
  return page.text(WHOLE);
}

function cellText(cell: string): string {
  return cell
    .split('\n')
    .map((line) => prose(clipped(line, MOST_CHARACTERS)))
    .join('<br>');
}
