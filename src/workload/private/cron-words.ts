import { toString as words } from 'cronstrue';

/**
 * A schedule that passed `scheduleTroubles`, in English. What Kubernetes takes and the library does not know is said in words
 * that it knows: `?` and `*-5` are `*`, two commas are one, and `+3` is 3.
 */
export function inWords(schedule: string): string {
  if (schedule.startsWith('@every ')) return `Every ${schedule.slice('@every '.length)}`;
  const known = schedule
    .replaceAll('+', '')
    .trim()
    .split(/\s+/)
    .map((field) =>
      field
        .split(',')
        .filter((item) => item !== '')
        .map((item) => item.replace(/^[*?](-[^/]*)?/, '*'))
        .join(','),
    )
    .join(' ');
  return words(known, { use24HourTimeFormat: true });
}
