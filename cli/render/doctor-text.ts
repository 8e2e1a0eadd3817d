import type { CheckState, DoctorFinding, DoctorReport } from '../plan/instance/doctor/check';
import { visible } from './error-text';
import type { Paint } from './paint';

const ORDER: readonly CheckState[] = ['fails', 'warning', 'unknown', 'ok'];
const MARKS: { readonly [state in CheckState]: string } = { fails: '✗', warning: '!', unknown: '?', ok: '✓' };

/** The totals, then everything that was looked at, what fails first. */
export function doctorText(report: DoctorReport, patient: string, paint: Paint): string {
  const { ok, warning, fails, unknown } = report.totals;
  const parts = [
    `${ok} ok`,
    ...(warning ? [paint.yellow(`${warning} ${warning === 1 ? 'warning' : 'warnings'}`)] : []),
    ...(fails ? [paint.red(`${fails} ${fails === 1 ? 'fails' : 'fail'}`)] : []),
    ...(unknown ? [`${unknown} unknown`] : []),
  ];
  const sorted = [...report.findings].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const lines = sorted.flatMap((finding) => {
    const alike =
      finding.state === 'ok' ? sorted.filter(({ check, state }) => state === 'ok' && check === finding.check) : [];
    if (alike.length < 2) return findingText(finding, paint);
    // what is well is told in short: the others are what somebody looks for
    return alike[0] === finding ? `${paint.green(MARKS.ok)} ${finding.check}: ${alike.length} are well\n` : [];
  });
  return visible(`${paint.bold(patient)}: ${parts.join(', ')}\n\n${lines.join('')}`);
}

function findingText({ check, state, about, cause, fix, see }: DoctorFinding, paint: Paint): string {
  const mark = { ok: paint.green, warning: paint.yellow, fails: paint.red, unknown: paint.dim }[state](MARKS[state]);
  const head = `${mark} ${check}: ${about === undefined ? '' : `${about}: `}${cause}\n`;
  return [head, ...(fix ? [`    fix: ${fix}\n`] : []), ...(see ? [`    see: ${see}\n`] : [])].join('');
}
