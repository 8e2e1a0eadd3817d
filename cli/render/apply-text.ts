import { keyText } from '../../src/core/object-key';
import { type ApplyEvent, type ApplySummary, type ObjectResult, type Unready, urgency } from '../plan/progress';
import { visible } from './error-text';
import { memberTable } from './member-table';
import type { Paint } from './paint';
import { clock, count, elapsed, firsts } from './words';

/** The lines of a run as it goes on; lines are only ever added. */
export class ProgressText {
  private readonly told = new Set<string>();
  /** The wave that has begun, until there is news of it: a wave in which nothing changes is not worth a line. */
  private wave = '';

  constructor(private readonly paint: Paint) {}

  /** What there is to say of an event, if anything; the same is said only once. */
  line(event: ApplyEvent): string | undefined {
    const text = newsText(event, this.paint);
    const news = event.type === 'object' ? blockedBy(event.result) : text;
    const once = event.type === 'retry' || event.type === 'waiting' || event.type === 'object';
    if (text === undefined || (once && news !== undefined && this.told.has(news))) return undefined;
    if (news !== undefined) this.told.add(news);
    const line = visible(`${clock(event.atMs)}  ${text}`);
    if (event.type === 'wave' || event.type === 'pruning') {
      this.wave = `${line}\n`;
      return undefined;
    }
    const lines = this.wave + line;
    this.wave = '';
    return lines;
  }
}

function newsText(event: ApplyEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'wave':
      return `wave ${event.wave}: ${count(event.objects, 'object')}`;
    case 'pruning':
      return `pruning: ${count(event.objects, 'object')} no longer in the code`;
    case 'object':
      return resultText(event.result, paint);
    case 'issued':
      // for whom and for how long stands in the plan
      return `host     ${paint.green('issued')}     ${keyText(event.key)}: ${event.what.split('; ')[0]}`;
    case 'restarted':
      return `host     ${paint.green('restarted')}  ${keyText(event.key)}: ${event.why}`;
    case 'filled':
      return `karmada  ${paint.green('filled in')}  ${keyText(event.key)}: its CA bundle`;
    case 'waiting':
      return `waiting for ${event.gate}${unreadyText(event.unready)}`;
    case 'ready':
      return `${event.gate} ${paint.green('ready')}`;
    case 'opened':
      return `${event.plane.padEnd(7)}  reached at ${event.url}`;
    case 'warning':
      return `${event.plane.padEnd(7)}  ${paint.yellow('warning')}    ${event.text}`;
    case 'retry':
      return `${event.plane.padEnd(7)}  again      ${event.key ? `${keyText(event.key)}: ` : ''}${event.reason}`;
    default:
      return undefined; // the plan was shown, and the summary is the result
  }
}

/** Of all that one failure is in the way of the first is told; the summary has the others. */
function blockedBy({ outcome, message }: ObjectResult): string | undefined {
  return outcome === 'blocked' ? `blocked: ${message}` : undefined;
}

function resultText({ plane, outcome, key, message }: ObjectResult, paint: Paint): string | undefined {
  if (outcome === 'unchanged') return undefined;
  const colour = ['created', 'updated', 'replaced'].includes(outcome) ? paint.green : paint.red;
  return `${plane.padEnd(7)}  ${colour(outcome.padEnd(9))}  ${keyText(key)}${message ? `: ${message}` : ''}`;
}

/** What is awaited: those of one kind that lack the same are told together. */
function unreadyText(unready: readonly Unready[]): string {
  const groups = new Map<string, Unready[]>();
  for (const each of unready) {
    const alike = keyText({ ...each.key, name: '' });
    const group = `${each.plane}: ${alike} ${each.reason}`;
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  const texts = [...groups.values()].map((alike) => {
    const [{ plane, key, reason }] = alike;
    const place = keyText({ ...key, name: '' });
    const names = alike.map(({ key: { name } }) => name);
    return `${plane}: ${place}/${firsts(names, NAMES)} (${reason})`;
  });
  return texts.length ? `: ${firsts(texts, NAMES)}` : '';
}

const NAMES = 3;

/** A verb in the words of a summary. */
export interface VerbWords {
  readonly verb: string;
  readonly name: string;
  readonly done: string;
}

const APPLY: VerbWords = { verb: 'apply', name: 'Apply', done: 'Applied' };

/** How it ended, and for everything that did not work: what, where, why, and what to do next. */
export function summaryText(summary: ApplySummary, paint: Paint, words = APPLY): string {
  const { problems, unready, exitCode } = summary;
  const failed = problems.filter(({ outcome }) => outcome === 'failed');
  const blocked = problems.filter(({ outcome }) => outcome === 'blocked');
  const parts = [
    `${headline(summary, paint, words)}\n`,
    ...failed.map((result) => failureText(result, paint)),
    unready.length ? notReadyText(unready, paint) : '',
    blocked.length ? `  ${paint.red('⊘ blocked')}  ${firsts(blocked.map(named), 10)}\n` : '',
    exitCode === 0 ? '' : `  Next: ${nextStep(summary, words)}; what is done will be recognised.\n`,
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

function headline(summary: ApplySummary, paint: Paint, { name, done }: VerbWords): string {
  const { failed, blocked, created, updated, replaced, issued, restarted = 0, pruned, withdrawn } = summary;
  const { unpruned, unchanged, exitCode, interrupted } = summary;
  const counts: readonly (readonly [number, string])[] = [
    [failed, 'failed'],
    [blocked, 'blocked'],
    [created, 'created'],
    [updated, 'updated'],
    [replaced, 'replaced'],
    [issued, 'issued'],
    [restarted, 'restarted'],
    [pruned, 'pruned'],
    [withdrawn, 'withdrawn'],
    [unpruned, 'not pruned'],
    [unchanged, 'unchanged'],
  ];
  const parts = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const numbers = parts.join(', ') || 'nothing was done';
  const took = `in ${elapsed(summary.elapsedMs)}`;
  if (exitCode === 0 && created + updated + replaced + issued + restarted + pruned + withdrawn === 0)
    return `${paint.green('✓')} Nothing changed: ${numbers}, ${took}`;
  if (exitCode === 0) return `${paint.green('✓')} ${done}: ${numbers}, ${took}`;
  const why = interrupted
    ? 'interrupted'
    : exitCode === 5
      ? 'not ready in time'
      : exitCode === 10
        ? 'incomplete'
        : 'stopped';
  return `${paint.red('✗')} ${name} ${why}: ${numbers}, ${took} (exit code ${exitCode})`;
}

function failureText(result: ObjectResult, paint: Paint): string {
  const { path, source, message = 'no reason was given' } = result;
  const where = source ? `${path} (${source.file}, document ${source.document})` : `${path}, no longer in the code`;
  const why = message
    .split('\n')
    .map((text) => `    ${text}\n`)
    .join('');
  return `  ${paint.red('✗ failed')}  ${named(result)}   ${paint.dim(where)}\n${why}`;
}

const WIDTH = 120;
const MOST_UNREADY = 10;

function notReadyText(unready: readonly Unready[], paint: Paint): string {
  const lines = [...unready]
    .sort((a, b) => urgency(b) - urgency(a))
    .slice(0, MOST_UNREADY)
    .map(({ plane, key, reason, failed, causes = [], clusters = [] }) => {
      const mark = failed ? paint.red('✗ failed') : paint.yellow('… not ready');
      const why = causes.map((cause) => `    ${cause}\n`).join('');
      const members = clusters.length ? memberTable(clusters, WIDTH, 4) : '';
      return `  ${mark}  ${plane}: ${keyText(key)}: ${reason}\n${why}${members}`;
    });
  const more = unready.length - lines.length;
  return lines.join('') + (more > 0 ? `  and ${more} more; -o json lists them\n` : '');
}

function nextStep({ interrupted, problems, unpruned, exitCode }: ApplySummary, { verb }: VerbWords): string {
  if (interrupted) return `run ${verb} again to go on`;
  if (exitCode === 10 && !unpruned) return `see what could not be read and run ${verb} again`;
  if (unpruned && problems.every(({ source }) => !source))
    return `mend what kept these from going and run ${verb} again`;
  return problems.length
    ? `mend what failed and run ${verb} again`
    : `see why these are not ready and run ${verb} again`;
}

function named({ plane, key }: ObjectResult): string {
  return `${plane}: ${keyText(key)}`;
}
