import { isCron } from '../../admission/cron';
import { isTimeZone } from '../../admission/time-zone';
import type { Trouble } from '../../core/private/trouble';
import type { ScalingSchedule } from '../scaling-schedule';
import { countTroubles } from './counts';

const LONGEST_NAME = 32;
const MOST_KEPT = 32;

/** A rule as Karmada has it, with what it sets. */
export function scheduleRule(rule: ScalingSchedule, sets: any): any {
  const { name, schedule, timeZone, suspend, successfulHistoryLimit, failedHistoryLimit } = rule;
  return { name, schedule, ...sets, timeZone, suspend, successfulHistoryLimit, failedHistoryLimit };
}

/** What is wrong with a rule, beside those that are there already. Mirrors pkg/webhook/cronfederatedhpa at v1.18.2. */
export function scheduleTroubles(rule: ScalingSchedule, others: readonly { readonly name: string }[]): Trouble[] {
  const { name, schedule, timeZone, successfulHistoryLimit, failedHistoryLimit } = rule;
  const found: Trouble[] = [];
  if (name.length < 1 || name.length > LONGEST_NAME) {
    found.push({
      what: `the name of a schedule must have 1 to ${LONGEST_NAME} characters, got "${name}"`,
      fix: 'give a short name, such as morning',
    });
  }
  if (others.some((other) => other.name === name)) {
    found.push({ what: `two schedules have the name "${name}"`, fix: 'give each a name of its own' });
  }
  if (!isCron(schedule)) {
    found.push({
      what: `"${schedule}" is no schedule that Karmada understands`,
      fix: 'give a cron expression of 5 to 7 fields such as 0 8 * * MON-FRI, or a macro such as @hourly; @every and TZ= are not known',
    });
  }
  if (timeZone !== undefined && (timeZone === '' || !isTimeZone(timeZone))) {
    found.push({ what: `"${timeZone}" is no time zone`, fix: 'give an IANA name such as Europe/Berlin, or UTC' });
  }
  return [
    ...found,
    ...countTroubles({ successfulHistoryLimit }, 1, MOST_KEPT),
    ...countTroubles({ failedHistoryLimit }, 0, MOST_KEPT),
  ];
}
