import { version } from '../../package.json';
import { withCrds } from '../apply/crds/filling';
import { crdReader } from '../apply/crds/reading';
import { hostedInstanceNamed } from '../apply/instance/hosted-instances';
import { instanceSnapshot } from '../apply/instance/instance-snapshot';
import { componentsOn, recordedVersion } from '../apply/instance/upgrade-facts';
import { Preparation, type Servers } from '../apply/preparation';
import { withKnownSecretValues } from '../apply/secret-values';
import { CommandError, ExitCode } from '../plan/command-error';
import { type DoctorReport, examine, exitCodeOf } from '../plan/instance/doctor/check';
import { INSTANCE_CHECKS } from '../plan/instance/doctor/instance-checks';
import { isUpgrade, type UpgradePlan, upgradePlan } from '../plan/instance/upgrade/upgrade-plan';
import { doctorText } from '../render/doctor-text';
import { paint } from '../render/paint';
import { upgradeText } from '../render/upgrade-text';
import { type ApplyOptions, apply } from './apply';
import { expectAnswer } from './confirm';
import type { Context } from './context';
import { coloured } from './options';
import { leaveOptions } from './prune-options';
import { secretReader } from './secret-reader';
import { type Run, readRun, withServers } from './servers';

export interface UpgradeOptions extends Omit<ApplyOptions, 'plan'> {
  /** Shows what an upgrade would change, and no more. */
  readonly plan?: boolean;
  /** Goes on although something fails before. */
  readonly ignoreFindings?: boolean;
}

/** Another release of an instance that runs: what it changes is shown, and applied between two looks at the instance. */
export async function upgrade(options: UpgradeOptions, context: Context): Promise<number> {
  const { plan: onlyPlan = false, ...given } = options;
  if (!onlyPlan && !options.yes) expectAnswer(context);
  const run = await readRun(options, context);
  if (!run.input.charts.some(({ plane }) => plane === 'host')) throw notInstalled(run);
  const { plan, before } = await looked(run, options, context);
  const told = new Told(plan, options, context);
  told.show(before, 'before');
  if (!isUpgrade(plan)) return told.end({ before }, ExitCode.OK);
  if (onlyPlan) return told.end({ before }, ExitCode.CHANGES);
  if (exitCodeOf(before) !== ExitCode.OK && !options.ignoreFindings) throw unwell(before, options);
  const written: string[] = [];
  const stdout =
    options.output === 'json'
      ? { ...context.stdout, write: (text: string) => void written.push(text) }
      : context.stdout;
  const code = await apply(given, { ...context, stdout });
  const applied = written.length ? { apply: JSON.parse(written.join('')) } : {};
  if (code !== ExitCode.OK) return told.end({ before, ...applied }, code);
  const after = await examined(run, options, context);
  told.show(after, 'after');
  return told.end({ before, ...applied, after }, exitCodeOf(after));
}

/** What is said: to people as it goes on, to programs at the end. */
class Told {
  constructor(
    private readonly plan: UpgradePlan,
    private readonly options: UpgradeOptions,
    private readonly context: Context,
  ) {}

  show(report: DoctorReport, when: 'before' | 'after'): void {
    if (this.options.output === 'json') return;
    const { stderr, stdout } = this.context;
    const stream = this.options.plan || when === 'after' ? stdout : stderr;
    const paints = paint(coloured(stream, this.options, this.context));
    const ills = { ...report, findings: report.findings.filter(({ state }) => state !== 'ok') };
    if (when === 'before') stream.write(`${upgradeText(this.plan, paints)}\n`);
    stream.write(`${doctorText(ills, `${this.plan.instance}, ${when} the upgrade`, paints)}\n`);
  }

  end(more: { readonly [field: string]: unknown }, code: number): number {
    const { instance, ...upgrade } = this.plan;
    const { stdout } = this.context;
    if (this.options.output === 'json') {
      stdout.write(`${JSON.stringify({ schema: '1', instance, upgrade, ...more }, null, 2)}\n`);
    } else if (!isUpgrade(this.plan)) {
      stdout.write(`nothing to upgrade: Karmada ${this.plan.to} runs; other changes are for \`cdk8s-karmada apply\`\n`);
    }
    return code;
  }
}

async function looked(run: Run, options: UpgradeOptions, context: Context) {
  const known = { toolVersion: version, now: context.now, ...leaveOptions(options) };
  const input = await withCrds(withKnownSecretValues(run.input, secretReader(context)), crdReader(context));
  return withServers(run, options, context, async (servers) => {
    const preparation = await Preparation.make(input, servers, known);
    const survey = preparation.surveys.get('host');
    const chart = run.input.charts.find(({ plane }) => plane === 'host');
    if (!survey || !chart) throw notInstalled(run);
    const plan = upgradePlan({
      instance: run.input.instance,
      namespace: chart.parent.key.namespace,
      to: chart.version,
      recorded: recordedVersion(survey),
      pairs: componentsOn(survey),
      plan: preparation.plan(),
      hasBackup: chart.objects.some(({ key }) => key.kind === 'CronJob' && key.name === 'etcd-backup'),
    });
    return { plan, before: await lookedAt(run, servers, context) };
  });
}

function examined(run: Run, options: UpgradeOptions, context: Context): Promise<DoctorReport> {
  return withServers(run, options, context, (servers) => lookedAt(run, servers, context));
}

async function lookedAt(run: Run, { host, karmada, openKarmada }: Servers, context: Context): Promise<DoctorReport> {
  if (!host) throw notInstalled(run);
  const hosted = await hostedInstanceNamed(host, run.input.instance, {});
  const open = async () => karmada ?? (await openKarmada?.());
  return examine(INSTANCE_CHECKS, await instanceSnapshot({ host, hosted, openKarmada: open, now: context.now }));
}

function notInstalled({ input: { instance } }: Run): CommandError {
  return new CommandError(ExitCode.USAGE, [
    {
      what: `the input does not install "${instance}": it has no chart for a host`,
      fix: 'give the input of a MulticloudInstance, without --only; a Karmada of another tool is upgraded by that',
    },
  ]);
}

function unwell({ totals }: DoctorReport, { output }: UpgradeOptions): CommandError {
  const where = output === 'json' ? ' (`cdk8s-karmada instance doctor` says which)' : ', see above';
  return new CommandError(ExitCode.FAILED, [
    {
      what: `the instance is not well: ${totals.fails} ${totals.fails === 1 ? 'finding fails' : 'findings fail'}${where}; nothing was written`,
      fix: 'mend that first; where the upgrade is what mends it, add --ignore-findings',
    },
  ]);
}
