import { isTimeZone } from '../../admission/time-zone';
import type { Trouble } from '../../core/private/trouble';
import { unless } from './unless';

/** Kubernetes' own names of schedules. It takes them in lower case only. */
const NAMED = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

const DURATION = /^\+?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly what: string;
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { what: 'minute', low: 0, high: 59, names: [] },
  { what: 'hour', low: 0, high: 23, names: [] },
  { what: 'day of the month', low: 1, high: 31, names: [] },
  { what: 'month', low: 1, high: 12, names: MONTHS },
  { what: 'day of the week', low: 0, high: 6, names: WEEKDAYS },
];

/**
 * What is wrong with a schedule and its time zone. Mirrors pkg/apis/batch/validation of Kubernetes v1.35, which reads schedules
 * with github.com/robfig/cron v3: another dialect than that of Karmada's own CronFederatedHPA.
 */
export function scheduleTroubles(schedule: string, timeZone: string | undefined): Trouble[] {
  return [...faults(schedule), ...zoneTroubles(timeZone)];
}

function faults(schedule: string): Trouble[] {
  const trouble = (why: string, fix: string) => [{ what: `the schedule "${schedule}" ${why}`, fix }];
  if (schedule.includes('TZ')) return trouble('has a time zone in it', 'give the zone in `timeZone`');
  if (schedule.startsWith('@every ')) {
    const fine = DURATION.test(schedule.slice('@every '.length));
    return fine ? [] : trouble('has no duration that Kubernetes reads', 'give one such as @every 1h30m');
  }
  if (schedule.startsWith('@')) {
    return NAMED.includes(schedule)
      ? []
      : trouble('is no schedule that Kubernetes knows by name', `give one of ${NAMED.join(', ')}, or five fields`);
  }
  const fields = schedule.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== FIELDS.length) {
    return trouble(`has ${fields.length} fields`, 'give five: minute, hour, day of the month, month, day of the week');
  }
  return fields.flatMap((field, index) => {
    const { what, low, high, names } = FIELDS[index];
    const range = names.length > 0 ? `${low} to ${high} or ${names[0]} to ${names.at(-1)}` : `${low} to ${high}`;
    return isField(field, FIELDS[index])
      ? []
      : trouble(`has "${field}" for the ${what}`, `give *, or numbers from ${range}, with -, / and , between them`);
  });
}

function isField(field: string, bounds: Field): boolean {
  const items = field.split(',').filter((item) => item !== '');
  return items.length > 0 && items.every((item) => isItem(item, bounds));
}

function isItem(item: string, { low, high, names }: Field): boolean {
  const [range, step, ...tooMany] = item.split('/');
  if (tooMany.length > 0 || (step !== undefined && !(whole(step) > 0))) return false;
  const [from, to, ...more] = range.split('-');
  if (from === '*' || from === '?') return true;
  const read = (text: string) => {
    const index = names.indexOf(text.toLowerCase());
    return index < 0 ? whole(text) : index + low;
  };
  const start = read(from);
  const end = to === undefined ? start : read(to);
  return more.length === 0 && start >= low && end <= high && start <= end;
}

/** A whole number as Go reads it, or NaN, which is neither more nor less than any other. */
function whole(text: string): number {
  return /^\+?\d+$/.test(text) ? Number(text) : Number.NaN;
}

function zoneTroubles(timeZone: string | undefined): Trouble[] {
  return unless(
    timeZone === undefined || (timeZone !== '' && !/^local$/i.test(timeZone) && isTimeZone(timeZone)),
    `"${timeZone}" in \`timeZone\` is no time zone`,
    'give an IANA name, spelled as there, such as Europe/Berlin or UTC',
  );
}
