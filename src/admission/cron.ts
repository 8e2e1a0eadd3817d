/**
 * Which schedules Karmada takes. Mirrors github.com/adhocore/gronx v1.6.3, read strictly: upstream asks "is it due now", and
 * does not look at what stands behind an item that is due at that moment; here every item is looked at.
 */

const MACROS: { readonly [name: string]: string } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@always': '* * * * *',
  '@5minutes': '*/5 * * * *',
  '@10minutes': '*/10 * * * *',
  '@15minutes': '*/15 * * * *',
  '@30minutes': '0,30 * * * *',
  '@everysecond': '* * * * * *',
};
const NAMES = [
  ...['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].map((name, index) => [name, index] as const),
  ...['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'].map(
    (name, index) => [name, index + 1] as const,
  ),
];
/** Second, minute, hour, day, month, weekday, year. */
const BOUNDS = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
  [1, 9999],
] as const;
const DAY = 3;
const WEEKDAY = 5;

/** Does Karmada take this schedule? */
export function isCron(schedule: string): boolean {
  const given = schedule.replace(/^[ \t]+|[ \t]+$/g, '');
  let text = (MACROS[given.toLowerCase()] ?? given).toUpperCase();
  for (const [name, number] of NAMES) text = text.replaceAll(name, String(number));
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length < 5 || fields.length > 7) return false;
  if (fields.length === 5 || (fields.length === 6 && /\d{4}/.test(fields[5]))) fields.unshift('0');
  return fields.every((field, position) => field.split(',').every((item) => isItem(item, position)));
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function isItem(item: string, position: number): boolean {
  if (item === '*' || item === '?') return true;
  if (isPlain(item, position)) return true;
  if (position === DAY && /[LW#]/.test(item)) {
    const end = item.indexOf('W');
    return item === 'L' || (end > 0 && integer(item.slice(0, end)) !== undefined);
  }
  return position === WEEKDAY && /[LW#]/.test(item) && isWeekdayOfMonth(item);
}

function isPlain(item: string, position: number): boolean {
  const [low, high] = BOUNDS[position];
  if (item.includes('/')) {
    const [left, right] = item.split('/');
    const step = integer(right);
    if (step === undefined || step === 0) return false;
    if (item.startsWith('*/') || item.startsWith('0/')) return true;
    // A negative step sends upstream into a loop of hours: no schedule.
    if (step < 0) return false;
    const [start, end] = left.split('-');
    return isRange(start, left.includes('-') ? end : start, low, high);
  }
  if (item.includes('-')) {
    const [start, end] = (position === WEEKDAY ? item.replace('7-', '0-') : item).split('-');
    return isRange(start, end, low, high);
  }
  const value = integer(item);
  if (item === '0' && position !== WEEKDAY) return true;
  return value !== undefined && value >= low && value <= high;
}

function isRange(from: string, to: string, low: number, high: number): boolean {
  const start = integer(from);
  const end = integer(to);
  return start !== undefined && end !== undefined && start >= low && end <= high && start <= end;
}

function isWeekdayOfMonth(item: string): boolean {
  const last = item.replaceAll('7L', '0L').indexOf('L');
  if (last > 0) return integer(item.slice(0, last)) !== undefined;
  const [day, nth] = item.split('#');
  return item.indexOf('#') > 0 && integer(day) !== undefined && integer(nth) !== undefined;
}
