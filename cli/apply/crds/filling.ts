import type { ChartInput, Input } from '../../plan/chart-input';
import { type CrdSource, crdSourceText } from '../../plan/crd-source';
import { chosenCrds } from '../../plan/crds';
import type { ReadCrds } from './reading';

const isCrd = ({ key }: ChartInput['objects'][number]) => key.kind === 'CustomResourceDefinition';

/**
 * The input with the definitions of Karmada's own kinds that its instance names a source for.
 *
 * @throws if a source cannot be had, or is not that of the release
 */
export async function withCrds(input: Input, read: ReadCrds): Promise<Input> {
  const made = new Map<ChartInput, ChartInput>();
  const notes: string[] = [];
  for (const chart of input.all) {
    if (!chart.crds || !input.charts.includes(chart)) continue;
    const { filled, said } = await withCrdsOf(chart, chart.crds, read);
    made.set(chart, filled);
    notes.push(...said);
  }
  const same = (chart: ChartInput) => made.get(chart) ?? chart;
  return {
    ...input,
    charts: input.charts.map(same),
    all: input.all.map(same),
    notes: [...(input.notes ?? []), ...notes],
  };
}

/** The same for a plan that asks nobody anything: what the source is, and nothing of it. */
export function withUnreadCrds(input: Input): Input {
  const notes = input.charts.flatMap(({ crds }) =>
    crds ? [`Karmada's own kinds come from ${crdSourceText(crds)}, which is read when it is applied`] : [],
  );
  return { ...input, notes: [...(input.notes ?? []), ...notes] };
}

async function withCrdsOf(chart: ChartInput, source: CrdSource, read: ReadCrds) {
  const { texts, note } = await read(source);
  const expected = chart.objects.filter(isCrd).map(({ manifest }) => manifest);
  const { manifests, notes } = chosenCrds(expected, texts, chart.version, crdSourceText(source));
  const objects = chart.objects.map((object) =>
    isCrd(object) ? { ...object, manifest: manifests.get(object.key.name) } : object,
  );
  const from = `Karmada's own kinds come from ${crdSourceText(source)}${note ? `, ${note}` : ''}`;
  return { filled: { ...chart, objects }, said: [from, ...notes] };
}
