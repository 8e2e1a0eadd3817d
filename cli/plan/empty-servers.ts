import { type ChartInput, type DesiredObject, type Input, objectsOf } from './chart-input';
import { ordered } from './order';
import { type Plan, type Plane, type PlannedIssue, type PlannedObject, type PlannedSet, totalsOf } from './plan';
import { create, planned, secretValuesNote } from './verdict';

/** What apply would do if both servers were empty: needs no server, and nothing of it is compared with one. */
export function planOnEmptyServers(input: Input, issues: readonly PlannedIssue[]): Plan {
  const objects = ordered(objectsOf(input.charts)).map(({ object, wave }) => planned(object, wave, created(object)));
  const sets = input.charts.map(newSet);
  return assemble(input, objects, issues, sets, []);
}

function created({ secretValues }: DesiredObject) {
  return create(...(secretValues ? [secretValuesNote(secretValues)] : []));
}

/** The record of a chart that is not there yet. */
export function newSet(chart: ChartInput): PlannedSet {
  const { plane, instance, version, path, parent } = chart;
  const { key, id } = parent;
  return { plane, chart: path, instance, version, key, id, action: 'create', recorded: 0 };
}

/** A plan out of its parts. `planes`: those that were looked at; others of the input are named without an address. */
export function assemble(
  input: Input,
  objects: readonly PlannedObject[],
  issues: readonly PlannedIssue[],
  sets: readonly PlannedSet[],
  planes: Plan['planes'],
  notes: readonly string[] = [],
  prunes: Plan['prunes'] = [],
): Plan {
  const names: readonly Plane[] = ['host', 'karmada'];
  const used = names.filter((plane) => input.charts.some((chart) => chart.plane === plane));
  return {
    planes: used.map((plane) => planes.find((each) => each.plane === plane) ?? { plane }),
    sets,
    objects,
    prunes,
    issues,
    totals: totalsOf(objects, issues, sets, prunes),
    notes: [...(input.notes ?? []), ...notes],
  };
}
