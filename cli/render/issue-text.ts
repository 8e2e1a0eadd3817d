import { keyText } from '../../src/core/object-key';
import { CA_BUNDLES } from '../plan/ca-bundle-places';
import type { IssuePlan, IssueSummary } from '../plan/instance/issue-plan';
import { visible } from './error-text';
import type { Paint } from './paint';
import { pki } from './plan-text';
import { count, firsts } from './words';

const MOST = 10;

/** What `instance issue` would do, in the form of a plan. */
export function issuePlanText(plan: IssuePlan, paint: Paint): string {
  const { instance, planes, issues, restarts, bundles, unlooked } = plan;
  const kept = issues.filter(({ action }) => action === 'keep');
  const servers = planes.map(({ plane, name, url }) => {
    return `  ${plane.padEnd(7)}  ${[name, url].filter(Boolean).join('   ')}\n`;
  });
  const soon = kept.filter(({ what }) => what.includes('; it expires on'));
  const parts = [
    `${paint.bold(`Instance ${instance}`)}\n${servers.join('')}`,
    pki({ issues, restarts }, paint, 'kept on the host only'),
    bundlesText(bundles, paint),
    ...soon.map(({ key, what }) => `${paint.yellow('! soon')}  ${keyText(key)}: ${what}\n`),
    unlooked ? `${paint.yellow('!')} CA bundles on Karmada: not looked at: ${unlooked}\n` : '',
    totals(plan, paint),
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

function bundlesText(bundles: IssuePlan['bundles'], paint: Paint): string {
  const due = bundles.filter(({ action }) => action === 'fill');
  const absent = bundles.filter(({ action }) => action === 'absent');
  if (!due.length && !absent.length) return '';
  const lines = [
    ...due.map(({ key, authority }) => `  ${paint.green('+ fill in')}  ${keyText(key)}   ${paint.dim(authority)}\n`),
    ...absent.map(({ key }) => `  ${paint.dim('· absent')}   ${keyText(key)}\n`),
  ];
  return `${paint.bold('CA bundles on Karmada')}\n${lines.join('')}`;
}

function totals({ issues, restarts, bundles }: IssuePlan, paint: Paint): string {
  const number = (action: string) => issues.filter((each) => each.action === action).length;
  const fill = bundles.filter(({ action }) => action === 'fill').length;
  const parts = [
    [number('issue'), paint.green(`* ${number('issue')} issue`)],
    [number('renew'), paint.green(`* ${number('renew')} renew`)],
    [restarts.length, paint.yellow(`~ ${count(restarts.length, 'restart')}`)],
    [fill, paint.green(`+ ${count(fill, 'CA bundle')}`)],
    [number('keep'), paint.dim(`${number('keep')} kept`)],
  ] as const;
  return `${parts
    .filter(([many]) => many > 0)
    .map(([, text]) => text)
    .join('   ')}\n`;
}

/** What was done, and what is left. */
export function issueSummaryText(summary: IssueSummary, paint: Paint): string {
  const { issued, restarted, filled, unready, later, exitCode, interrupted } = summary;
  const done = [
    ...(issued ? [`${issued} issued`] : []),
    ...(restarted ? [`${restarted} restarted`] : []),
    ...(filled ? [`${count(filled, 'CA bundle')} filled in`] : []),
  ].join(', ');
  const head = exitCode
    ? `${paint.red('✗')} ${interrupted ? 'Interrupted' : 'Not all is done'}: ${done || 'nothing was written'} (exit code ${exitCode})`
    : done
      ? `${paint.green('✓')} Issued: ${done}`
      : `${paint.green('✓')} Nothing to issue: every key, certificate and CA bundle is as planned`;
  const lines = [
    ...unready.map(
      ({ key, reason, causes = [] }) =>
        `  ${paint.yellow('… not ready')}  ${keyText(key)}: ${reason}${causes.map((cause) => `\n    ${cause}`).join('')}`,
    ),
    ...(later.length > MOST ? [firsts(later, MOST)] : later).map((text) => `  ${paint.yellow('!')} ${text}`),
    ...(exitCode ? ['  Next: run instance issue again; what is done will be recognised.'] : []),
  ];
  return visible(`${[head, ...lines, ...(filled ? ignoreRules() : [])].join('\n')}\n`);
}

/** What Argo CD must not compare, to be pasted into its Application. */
function ignoreRules(): string[] {
  return [
    '',
    'Where Argo CD applies the chart of Karmada, its Application needs (docs/gitops.md; Flux needs no rule):',
    '',
    '  ignoreDifferences:',
    ...CA_BUNDLES.flatMap(({ group, kind, path }) => [
      `    - group: ${group}`,
      `      kind: ${kind}`,
      '      jqPathExpressions:',
      `        - ${path}`,
    ]),
  ];
}
