/// <reference path="page-file.d.ts" />
import { keyText } from '../../../src/core/object-key';
import { visible } from '../error-text';
import { FAILOVER_HEAD, failoverTitle, failoverWays } from '../failover-view';
import type { PreviewFinding } from '../preview-report';
import { collisionRows, shortageRows } from '../preview-sections';
import { capacityTime, certainty, totals } from '../preview-view';
import { count } from '../words';
import { fleetData } from './fleet-data';
import type { HtmlView } from './html-view';
import { LIMITS, Room } from './limits';
import page from './page.html';
import type { PageData, PageFinding, PageTable } from './page-data';
import { ResourceWriter } from './resource-data';

/** Rows of the tables that are about all resources. */
const MOST_ROWS = 200;
const NO_MANIFEST = 'cdk8s-karmada preview -o json --render all';

/** The preview as one page that needs nothing else: no network, no other file. */
export function previewHtml(view: HtmlView): string {
  const clusters = fleetData(view.fleet, view.report.capacity);
  const { data, room } = new ResourceWriter(view, clusters).write();
  const findingRoom = new Room(LIMITS.findings);
  const findings = findingsData(view).filter((finding) => findingRoom.take(JSON.stringify(finding).length));
  const tables = [
    table('Does not fit', shortageRows(view.report)),
    table('Selected by several policies', collisionRows(view.report)),
    table('Policies that match nothing', idleRows(view.report)),
  ].filter((each) => each.rows.length);
  const leftOut = [
    ...(room.resources.leftOut
      ? [`${count(room.resources.leftOut, 'resource')} of ${view.report.resources.length}`]
      : []),
    ...(room.reasons.leftOut ? [`the reasons why not elsewhere of ${count(room.reasons.leftOut, 'resource')}`] : []),
    ...(room.manifests.leftOut ? [`the manifests of ${count(room.manifests.leftOut, 'resource')}`] : []),
    ...(findingRoom.leftOut ? [count(findingRoom.leftOut, 'finding')] : []),
  ];
  const notes = [
    certainty(view),
    ...[view.unrendered, capacityTime(view.report)].flatMap((note) => note ?? []),
    ...(leftOut.length ? [`Left out, so that the page stays small: ${leftOut.join('; ')}. -o json holds all.`] : []),
  ];
  const all: PageData = {
    ...data,
    clusters,
    tables,
    ...failoverData(view),
    findings,
    allFindings: view.report.findings.length,
    noManifest: NO_MANIFEST,
  };
  const values: { readonly [place: string]: string } = {
    totals: escaped(totals(view)),
    notes: notes.map((note) => `<li>${escaped(note)}</li>`).join(''),
    data: JSON.stringify(all).replace(/</g, '\\u003c'),
  };
  return page.replace(/%(totals|notes)%|"%(data)%"/g, (_, place?: string, quoted = '') => values[place ?? quoted]);
}

function failoverData({ report: { failover } }: HtmlView): Pick<PageData, 'failover'> {
  if (!failover) return {};
  const ways = failoverWays(failover.clusters).map(({ lost, end, tone, steps }) => ({
    lost: visible(lost),
    end: visible(end),
    tone,
    steps: steps.map((step) => ({ ...step, what: visible(step.what), because: visible(step.because) })),
  }));
  return { failover: { title: failoverTitle(visible(failover.resource)), head: FAILOVER_HEAD, ways } };
}

/** A table whose first row is its head. */
function table(title: string, [head = [], ...rows]: readonly string[][]): PageTable {
  const more = rows.length - MOST_ROWS;
  const shown = rows.slice(0, MOST_ROWS).map((row) => row.map(visible));
  return { title: more > 0 ? `${title} (the first ${MOST_ROWS} of ${rows.length})` : title, head, rows: shown };
}

function idleRows({ idle = [] }: HtmlView['report']): string[][] {
  return idle.length ? [['POLICY'], ...idle.map((policy) => [keyText({ apiVersion: '', ...policy })])] : [];
}

function findingsData({ report }: HtmlView): PageFinding[] {
  const known = new Set(report.resources.map(({ resource }) => keyText(resource)));
  // what a preview finds names its object first
  const about = ({ resource, message }: PreviewFinding) => (resource ? keyText(resource) : message.split(' ')[0]);
  return report.findings.map((finding) => {
    const { level, code, message, path, fix, resource, acknowledged } = finding;
    return {
      ...{ level, code, message: visible(message), fix },
      at: [path, resource ? keyText(resource) : ''].filter(Boolean).join(' of '),
      ...(known.has(about(finding)) && { about: about(finding) }),
      ...(acknowledged !== undefined && { acknowledged }),
    };
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
