import type { ObjectKey } from '../../src/core/object-key';
import { type Member, memberId } from '../plan/apply-set';
import { type ChartInput, type DesiredObject, identity } from '../plan/chart-input';
import { CommandError } from '../plan/command-error';
import type { Plane } from '../plan/plan';
import type { ObjectResult } from '../plan/progress';
import { remembered } from '../plan/run-once';
import type { Preparation } from './preparation';
import type { Pruning } from './pruning';
import { closeRecord, deleteRecord, memberOf, openRecord, type RecordAccess, type SurveyedSet } from './record';

/** The records of the charts of a run: opened before the first write of a chart, closed after the last. */
export class Records {
  private readonly opened = new Map<string, Promise<{ readonly live: any } | { readonly why: string }>>();
  /** What was written in this run, by chart and member. */
  private readonly written = new Map<string, Member>();
  /** UIDs of what was written in this run. */
  readonly uids = new Set<string>();

  constructor(private readonly preparation: Preparation) {}

  idOf(chart: string): string {
    return this.chart(chart).parent.id;
  }

  taintsOf(chart: string, key: ObjectKey): readonly string[] {
    return this.set(chart)?.recorded.find((member) => memberId(member) === memberId(key))?.taints ?? [];
  }

  /** Is it the namespace that the record is in? Then it comes before the record. */
  standsIn({ key, chart }: DesiredObject): boolean {
    return key.kind === 'Namespace' && key.name === this.chart(chart).parent.key.namespace;
  }

  /** Why the record cannot be written; undefined when it is. */
  async open(chart: string): Promise<string | undefined> {
    const opening = this.opened.get(chart) ?? this.tryTo(() => this.openNow(chart));
    this.opened.set(chart, opening);
    const result = await opening;
    return 'why' in result ? result.why : undefined;
  }

  applied(object: DesiredObject, key: ObjectKey, live: any): void {
    this.written.set(identity(object), memberOf(object, key, live));
    this.uids.add(live.metadata.uid);
  }

  /** Makes the record of each chart of a server that is done exact; gives why one could not be written. */
  async close(plane: Plane, results: ReadonlyMap<string, ObjectResult>, pruning: Pruning): Promise<string[]> {
    const wrong: string[] = [];
    for (const chart of this.preparation.input.charts.filter((each) => each.plane === plane)) {
      const set = this.set(chart.path);
      const bad = chart.objects.some((object) => !isDone(results.get(identity(object))));
      // after a failure the record stays as it was opened: it lists at least what is there
      if (!set || bad) continue;
      const opened = await this.opened.get(chart.path);
      const live = opened && 'live' in opened ? opened.live : set.live;
      const exact = [...this.members(chart), ...pruning.remains(chart.plane, chart.path)];
      const access = this.access(chart.plane);
      const destroy = this.preparation.options.destroy && !exact.length && !set.incomplete;
      const closed = await this.tryTo(() =>
        destroy ? deleteRecord(set, access) : closeRecord(set, exact, live, access),
      );
      if (destroy && 'live' in closed) this.preparation.options.locks?.forget(chart.path);
      if ('why' in closed) wrong.push(closed.why);
    }
    return wrong;
  }

  private async openNow(chart: string): Promise<any> {
    const set = this.set(chart);
    await this.preparation.options.locks?.need(chart);
    if (!set) throw new Error(`the record of ${chart} was not read`);
    return openRecord(set, this.members(set.chart), this.access(set.chart.plane));
  }

  private async tryTo(work: () => Promise<any>): Promise<{ readonly live: any } | { readonly why: string }> {
    try {
      return { live: await work() };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { why: error.troubles.map(({ what, at }) => (at ? `${what} (${at})` : what)).join('; ') };
    }
  }

  private members(chart: ChartInput): Member[] {
    const survey = this.preparation.surveys.get(chart.plane);
    return chart.objects
      .filter((object) => !object.shared)
      .map((object) => {
        const surveyed = survey?.objects.get(identity(object));
        const written = this.written.get(identity(object));
        const recorded = this.set(chart.path)?.recorded ?? [];
        return written ?? remembered(memberOf(object, surveyed?.key ?? object.key, surveyed?.live), recorded);
      });
  }

  private chart(path: string): ChartInput {
    return this.preparation.input.charts.find((chart) => chart.path === path) as ChartInput;
  }

  private set(path: string): SurveyedSet | undefined {
    return this.preparation.surveys.get(this.chart(path).plane)?.sets.get(path);
  }

  private access(plane: Plane): RecordAccess {
    const survey = this.preparation.surveys.get(plane);
    if (!survey) throw new Error(`${plane} was not read`);
    const { server, discovery } = survey;
    const { window, patience, options } = this.preparation;
    return { server, discovery, window, patience, toolVersion: options.toolVersion };
  }
}

function isDone(result: ObjectResult | undefined): boolean {
  return result !== undefined && result.outcome !== 'failed' && result.outcome !== 'blocked';
}
