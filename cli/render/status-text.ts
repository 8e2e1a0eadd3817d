import { keyText } from '../../src/core/object-key';
import { changeText } from '../plan/member-edits';
import type { Drift, ObjectStatus, StatusReport } from '../plan/status';
import { visible } from './error-text';
import { memberMarks } from './member-table';
import type { Paint } from './paint';
import { table } from './table';
import { age, firsts } from './words';

/** How a report is set. */
export interface StatusSetting {
  readonly instance: string;
  /** Drift was looked for. */
  readonly drift: boolean;
  readonly width: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const MOST_CHANGES = 5;
const HEADS = ['KIND', 'NAME', 'PLANE', 'READY', 'CLUSTERS', 'AGE'];

/** The totals, what is not as it should be, then everything as a table. */
export function statusText(report: StatusReport, setting: StatusSetting, paint: Paint): string {
  const open = report.objects.filter(({ state }) => state !== 'current');
  const drifted = report.objects.filter(({ drift }) => drift?.length);
  const lines = [
    ...open.map((object) => openText(object, paint)),
    ...drifted.flatMap((object) => (object.drift ?? []).map((drift) => driftText(object, drift, setting.now, paint))),
    ...report.notes.map((note) => `  ${paint.yellow('note')}  ${note}\n`),
  ];
  const rows = report.objects.map((object) => row(object, setting.now));
  const all = rows.length ? table([HEADS, ...rows], { width: setting.width, indent: 2 }) : '';
  return visible([`${headline(report, setting, paint)}\n`, lines.join(''), all].filter(Boolean).join('\n'));
}

function headline({ totals, charts }: StatusReport, { instance, drift, now }: StatusSetting, paint: Paint): string {
  const { ready, notReady, failed, missing, drifted } = totals;
  const parts = [
    `${ready} ready`,
    ...(notReady ? [paint.yellow(`${notReady} not ready`)] : []),
    ...(failed ? [paint.red(`${failed} failed`)] : []),
    ...(missing ? [paint.red(`${missing} missing`)] : []),
    ...(drift ? [drifted ? paint.yellow(`${drifted} drifted`) : 'none drifted'] : []),
  ];
  const last = charts.flatMap(({ appliedAt }) => appliedAt ?? []).sort();
  const when = last.length ? `, last applied ${age(last[last.length - 1], now)} ago` : '';
  return `${paint.bold(instance)}: ${parts.join(', ')}${when}`;
}

function openText(object: ObjectStatus, paint: Paint): string {
  const isBad = object.state === 'failed' || object.state === 'absent';
  const mark = isBad ? paint.red('✗') : paint.yellow('…');
  return `  ${mark} ${named(object)}: ${object.message ?? object.state}\n`;
}

function driftText(object: ObjectStatus, drift: Drift, now: number, paint: Paint): string {
  const { changes, conflicts, cluster, note, by, at, layer } = drift;
  const where = cluster === undefined ? '' : ` on ${cluster}`;
  const who = by ? ` (${by}${at ? `, ${age(at, now)} ago` : ''})` : '';
  const what = [
    ...(note ? [note] : []),
    ...conflicts.map(({ path, manager }) => `${path} belongs to ${manager}`),
    ...changes.map(changeText),
  ];
  const than = layer === 'template' ? `${who}, and apply would set` : ` from what it was given${who}`;
  const head = changes.length ? `${named(object)}${where} differs${than}` : `${named(object)}${where}${who}`;
  return `  ${paint.yellow('~')} ${head}: ${firsts(what, MOST_CHANGES)}\n`;
}

function row(object: ObjectStatus, now: number): string[] {
  const { key, plane, state, clusters = [], created } = object;
  const ready = state === 'current' ? '✓' : state === 'failed' || state === 'absent' ? '✗' : '…';
  const name = key.namespace ? `${key.namespace}/${key.name}` : key.name;
  return [key.kind, name, plane, ready, memberMarks(clusters) || '-', created ? age(created, now) : '-'];
}

function named({ plane, key }: ObjectStatus): string {
  return `${plane}: ${keyText(key)}`;
}
