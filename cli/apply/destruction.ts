import { keyText } from '../../src/core/object-key';
import { DELETION } from '../../src/core/private/keys';
import type { Input } from '../plan/chart-input';
import { some } from '../plan/prune';
import type { Patience } from './attempt';
import { Issuing } from './issuing';
import { listAll } from './listing';
import type { Servers } from './preparation';

const CLUSTERS = {
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  plural: 'clusters',
  record: (cluster: any) => cluster,
};

/** The input as it is when nothing is left of the charts of the run: what their records list all leaves. */
export function emptied(input: Input, servers: Servers): Input {
  // what a Karmada holds that is not there cannot be deleted
  const charts = input.charts.filter(({ plane }) => plane === 'host' || servers.karmada);
  const without = new Map(charts.map((chart) => [chart.path, { ...chart, objects: [] }]));
  return {
    instance: input.instance,
    charts: [...without.values()],
    all: input.all.map((chart) => without.get(chart.path) ?? chart),
  };
}

/** The input without the control planes that are retained, and what there is to say about each. */
export function withoutRetained(input: Input): { readonly input: Input; readonly notes: string[] } {
  const retained = input.all.filter(({ plane, parent }) => {
    return plane === 'host' && parent.manifest.metadata.annotations?.[DELETION] === 'retain';
  });
  const staying = new Set(retained.flatMap(({ path }) => [path, `${path}/karmada`]));
  return {
    input: { ...input, charts: input.charts.filter(({ path }) => !staying.has(path)) },
    notes: input.charts.some(({ path }) => staying.has(path))
      ? [
          `host: the control plane of "${input.instance}" is retained: \`cdk8s-karmada instance destroy ${input.instance}\` lets it be, and deletes it with --release`,
        ]
      : [],
  };
}

/** What stays when the charts of the run are deleted, in sentences: no record lists it. */
export async function leftBehind(input: Input, servers: Servers, now: Date, patience: Patience): Promise<string[]> {
  const notes: string[] = [];
  if (input.charts.some(({ plane }) => plane === 'karmada') && !servers.karmada) {
    notes.push('karmada: its admin kubeconfig is not on the host: nothing is deleted there');
  }
  const whole = input.charts.some(({ plane }) => plane === 'host');
  if (whole && servers.karmada) {
    const clusters = (await listAll(servers.karmada, CLUSTERS, patience)) ?? [];
    const names = clusters.map(({ metadata }) => metadata.name as string).sort();
    if (names.length) {
      notes.push(
        `on the member clusters ${some(names)} what this Karmada runs there stays, and nothing looks after it: unjoin them first`,
      );
    }
  }
  if (servers.host) {
    const issued = (await Issuing.read(input, servers.host)).planned(now).filter(({ action }) => action !== 'issue');
    if (issued.length) {
      notes.push(
        `host: the issued keys and certificates stay: ${some(issued.map(({ key }) => keyText(key)))}; \`cdk8s-karmada instance destroy ${input.instance} --delete-data\` takes them away, and etcd's volumes`,
      );
    }
  }
  return notes;
}
