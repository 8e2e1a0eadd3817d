import { keyText } from '../../src/core/object-key';
import { FAILOVER_HEAD, type FailoverWay, failoverTitle, failoverWays } from './failover-view';
import type { AcknowledgedFinding } from './finding-text';
import { clipped, code, markdownTable, prose, row } from './markdown';
import { MarkdownPage } from './markdown-page';
import type { Outcome, PreviewedResource, PreviewFinding, PreviewReport } from './preview-report';
import { collisionRows, shortageRows } from './preview-sections';
import { capacityTime, certainty, changes, images, type PreviewView, shares, sorted, totals } from './preview-view';
import { count } from './words';

/** By this a bot finds the comment that it wrote before. */
const MARK = '<!-- cdk8s-karmada preview -->';
const WHOLE = '`cdk8s-karmada preview -o html` shows it.';
const MOST_NAMES = 12;
/** More findings than these are folded. */
const MOST_OPEN = 8;
const MOST_CHARACTERS = 300;

/** The preview as a comment of a pull request: totals first, what needs a look open, the rest folded; never too long for one. */
export function previewMarkdown(view: PreviewView): string {
  const { report } = view;
  const { placed, loose } = sorted(report);
  const failed = placed.filter(({ scheduled }) => scheduled === false);
  const going = placed.filter(({ outcomes }) => outcomes.some((outcome) => shares(outcome).size > 0));
  const notes = [certainty(view), view.unrendered, capacityTime(view.report)].filter(Boolean);
  const page = new MarkdownPage(`${MARK}\n### Karmada preview\n\n**${totals(view)}**\n\n${notes.join(' ')}\n`);
  page.add({
    ...{ title: `✗ Not scheduled (${failed.length})`, what: 'resources that are not scheduled', share: 0.3 },
    head: markdownTable(['resource', 'why'], []),
    items: failed,
    show: ({ resource, reason, message }) =>
      row([name(keyText(resource)), text([reason, message].filter(Boolean).join(': '))]),
  });
  addFailover(page, view.report);
  addRows(page, 'Does not fit', 'what does not fit', shortageRows(report), false);
  const open = report.findings.filter(({ acknowledged }) => acknowledged === undefined);
  const errors = open.filter(({ level }) => level === 'error');
  const warnings = open.filter(({ level }) => level !== 'error');
  const levels = [
    ...(errors.length ? [count(errors.length, 'error')] : []),
    ...(warnings.length ? [count(warnings.length, 'warning')] : []),
  ];
  page.add({
    ...{ title: `Findings: ${levels.join(', ')}`, what: 'findings', share: 0.3, folded: open.length > MOST_OPEN },
    items: [...errors, ...warnings],
    show: findingItem,
  });
  page.add({
    ...{ title: `Not decided here (${report.unsupported.length})`, what: 'resources that are not decided', share: 0.2 },
    head: markdownTable(['resource', 'what'], []),
    items: report.unsupported,
    show: ({ resource, what }) => row([name(keyText(resource)), text(what)]),
  });
  page.add({
    ...{ title: `Clusters (${view.clusters.length})`, what: 'clusters', share: 0.2, folded: true },
    head: markdownTable(['cluster', 'resources', 'replicas'], []),
    items: loads(view, going),
    show: ([cluster, { resources, replicas }]) => row([name(cluster), `${resources}`, `${replicas}`]),
  });
  page.add({
    ...{ title: `Where things go (${going.length})`, what: 'resources in the table of where they go', share: 0.5 },
    folded: true,
    head: markdownTable(['resource', 'replicas', 'clusters', 'policy'], []),
    items: going,
    show: placementRow,
  });
  addRows(page, 'Selected by several policies', 'what several policies select', collisionRows(report), true);
  page.add({
    ...{ title: `Claimed by no policy (${loose.length})`, what: 'resources that no policy claims', share: 0.3 },
    folded: true,
    items: loose,
    show: ({ resource }) => `- ${name(keyText(resource))}\n`,
  });
  const accepted = report.findings.filter(({ acknowledged }) => acknowledged !== undefined);
  page.add({
    ...{ title: `Acknowledged findings (${accepted.length})`, what: 'acknowledged findings', share: 0.3, folded: true },
    items: accepted,
    show: findingItem,
  });
  const detailed = !view.unrendered || view.clusters.length <= MOST_NAMES ? placed : [];
  page.add({ what: 'resources cluster by cluster', share: 1, items: detailed, show: (each) => detail(each, view) });
  return page.text(WHOLE);
}

/** The time line that was asked for. */
function addFailover(page: MarkdownPage, { failover }: PreviewReport): void {
  if (!failover) return;
  page.add({
    title: failoverTitle(name(failover.resource)),
    what: 'ways that it fails over',
    share: 0.5,
    folded: true,
    items: failoverWays(failover.clusters),
    show: wayItem,
  });
}

function wayItem({ lost, end, steps }: FailoverWay): string {
  const rows = steps.map(({ after, what, because }) => row([after, `${prose(what)}<br>${prose(because)}`]));
  const head = FAILOVER_HEAD.map((each) => each.toLowerCase());
  return `${prose(lost)}: **${prose(end)}**\n\n${markdownTable(head, rows)}\n`;
}

/** A table whose first row is its head; nothing without it. */
function addRows(page: MarkdownPage, title: string, what: string, rows: readonly string[][], folded: boolean): void {
  const [head = [], ...items] = rows;
  page.add({
    ...{ title: `${title} (${items.length})`, what, share: 0.2, folded, items },
    head: markdownTable(
      head.map((each) => each.toLowerCase()),
      [],
    ),
    show: (cells) => row(cells.map(name)),
  });
}

function name(name: string): string {
  return code(clipped(name, MOST_CHARACTERS));
}

function text(text: string): string {
  return prose(clipped(text, MOST_CHARACTERS));
}

/** Names, and how many more there are. */
function names(all: readonly string[]): string {
  const more = all.length - MOST_NAMES;
  return all.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function findingItem(finding: PreviewFinding): string {
  const { code: id, message, path, fix, resource, acknowledged }: AcknowledgedFinding & PreviewFinding = finding;
  const level = acknowledged === undefined ? finding.level : 'acknowledged';
  const at = [path, resource ? keyText(resource) : ''].filter(Boolean).map(name).join(' of ');
  const lines = [
    `- **${level} ${id}** ${text(message)}`,
    ...(at ? [`at ${at}`] : []),
    ...(acknowledged === undefined ? (fix ? [`fix: ${text(fix)}`] : []) : [`reason: ${text(acknowledged)}`]),
  ];
  return `${lines.join('<br>')}\n`;
}

interface Load {
  readonly resources: number;
  readonly replicas: number;
}

/** What each cluster gets in all. */
function loads({ clusters }: PreviewView, going: readonly PreviewedResource[]): (readonly [string, Load])[] {
  const byCluster = new Map<string, Load>(clusters.map((cluster) => [cluster, { resources: 0, replicas: 0 }]));
  for (const { outcomes } of going) {
    for (const [cluster, more] of shares(outcomes[0])) {
      const { resources = 0, replicas = 0 } = byCluster.get(cluster) ?? {};
      byCluster.set(cluster, { resources: resources + 1, replicas: replicas + more });
    }
  }
  return [...byCluster];
}

function outcomeText(outcome: Outcome): string {
  const all = [...shares(outcome)].map(([cluster, replicas]) => `${name(cluster)}${replicas ? ` ${replicas}` : ''}`);
  return names(all) || 'nowhere';
}

function placementRow({ resource, replicas, outcomes, policy }: PreviewedResource): string {
  const where = outcomes.map(outcomeText).join('<br>or, by its UID: ');
  const by = policy ? name(keyText({ apiVersion: '', ...policy })) : '';
  return row([name(keyText(resource)), replicas ? `${replicas}` : '', where, by]);
}

/** One resource cluster by cluster: those that get it, then the reasons why others do not. */
function detail(resource: PreviewedResource, view: PreviewView): string {
  const { outcomes, replicas, scheduled } = resource;
  const placements = outcomes.length ? outcomes.map(shares) : [new Map<string, number>()];
  const there = view.clusters.filter((cluster) => placements.some((placement) => placement.has(cluster)));
  const heads = placements.length > 1 ? ['either', 'or'] : ['replicas'];
  const rows = there.map((cluster) => {
    const at = outcomes.findIndex(({ rendered }) => rendered[cluster]);
    const found = (outcomes[at]?.rendered[cluster] ?? []).flatMap(images);
    const notes = changes(resource, cluster, at, view).map(text);
    if (outcomes[at]?.suspended?.includes(cluster)) notes.push('suspended');
    const cells = placements.map((placement) => placement.get(cluster)).map((share) => (share === 0 ? 'yes' : share));
    return row([
      ...[name(cluster), ...cells.map((cell) => `${cell ?? '-'}`), found.map(name).join('<br>')],
      notes.slice(0, MOST_NAMES).join('<br>'),
    ]);
  });
  const facts = [
    ...(scheduled === false ? ['✗ not scheduled'] : []),
    ...(replicas ? [count(replicas, 'replica')] : []),
    `${there.length} of ${count(view.clusters.length, 'cluster')}`,
  ];
  const table = rows.length ? `${markdownTable(['cluster', ...heads, 'image', 'overridden'], rows)}\n` : '';
  const summary = `${name(keyText(resource.resource))}: ${facts.join(', ')}`;
  return `<details><summary>${summary}</summary>\n\n${table}${reasons(resource, view, there)}\n</details>\n`;
}

function reasons(resource: PreviewedResource, view: PreviewView, there: readonly string[]): string {
  const byReason = new Map<string, string[]>();
  for (const cluster of view.clusters) {
    if (there.includes(cluster)) continue;
    const why = view.whyNot(resource, cluster) ?? (resource.scheduled === false ? 'not scheduled' : 'not chosen');
    byReason.set(why, [...(byReason.get(why) ?? []), cluster]);
  }
  return [...byReason].map(([why, clusters]) => `- not on ${names(clusters.map(name))}: ${text(why)}\n`).join('');
}
