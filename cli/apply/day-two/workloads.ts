import { CommandError, ExitCode } from '../../plan/command-error';
import { type WorkloadFilter, type WorkloadRow, workloadRows } from '../../plan/day-two/workload-row';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { Discovery } from '../discovery';
import { listAll } from '../listing';

/** Kinds that run pods. */
const WORKLOADS = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Job.batch', 'CronJob.batch'];

export interface WorkloadsOptions extends WorkloadFilter {
  /** `Kind` or `Kind.group`; the kinds that run pods when it is left out. */
  readonly kinds?: readonly string[];
  readonly namespace?: string;
}

/** The workloads of a Karmada, the newest first. */
export async function listWorkloads(
  server: ApiServer,
  { kinds = WORKLOADS, namespace, ...filter }: WorkloadsOptions,
  patience: Patience,
): Promise<WorkloadRow[]> {
  const discovery = await Discovery.read(server, patience);
  const served = kinds.map((text) => ({ text, found: servedKind(discovery, text) }));
  const unknown = kinds === WORKLOADS ? [] : served.filter(({ found }) => !found);
  if (unknown.length) {
    throw new CommandError(
      ExitCode.USAGE,
      unknown.map(({ text }) => ({
        what: `Karmada serves no kind ${text}`,
        at: '--kind',
        fix: 'check its spelling; with a group it is Kind.group',
      })),
    );
  }
  const templates: any[] = [];
  for (const { found } of served) {
    if (!found) continue;
    const { apiVersion, kind, resource } = found;
    const all = (await listAll(server, { apiVersion, kind, plural: resource.plural, namespace }, patience)) ?? [];
    templates.push(...all.map((each) => ({ apiVersion, kind, ...each })));
  }
  const bindings = await listAll(
    server,
    { apiVersion: 'work.karmada.io/v1alpha2', kind: 'ResourceBinding', plural: 'resourcebindings', namespace },
    patience,
  );
  return workloadRows(templates, bindings ?? [], filter);
}

function servedKind(discovery: Discovery, text: string) {
  const [kind, ...group] = text.toLowerCase().split('.');
  return discovery.listable.find(({ apiVersion, kind: each, resource }) => {
    const named = [each.toLowerCase(), resource.plural].includes(kind);
    return named && (!group.length || apiVersion.startsWith(`${group.join('.')}/`)) && resource.namespaced;
  });
}
