import type { HostCandidate } from '../plan/instance/host-candidate';
import { visible } from './error-text';
import type { Paint } from './paint';
import { table } from './table';
import { count, firsts } from './words';

const HEADS = ['CONTEXT', 'COULD HOST', 'VERSION', 'STORAGE CLASS', 'HOSTS', 'WHY NOT, OR WHAT TO MIND'];
const SHOWN = 3;

/** The contexts as a table, then how another is added. */
export function instanceHostsText(
  hosts: readonly HostCandidate[],
  files: readonly string[],
  width: number,
  paint: Paint,
): string {
  const fit = hosts.filter(({ fits }) => fits).length;
  const rows = hosts.map(row);
  return visible(
    [
      `${paint.bold(`${fit} of ${count(hosts.length, 'context')}`)} in ${files.join(', ')} could host an instance\n`,
      ...(rows.length ? [table([HEADS, ...rows], { width, indent: 0 })] : []),
      'To host one there: --host-context <context>. To add a cluster: `kubectl config set-cluster`,\n`set-credentials` and `set-context`, or name its own kubeconfig with --host-kubeconfig.\n',
    ].join('\n'),
  );
}

function row({ context, current, fits, version, storageClasses, instances, why, mind }: HostCandidate): string[] {
  const classes = storageClasses?.map(({ name, isDefault }) => (isDefault ? `${name} (default)` : name)) ?? [];
  return [
    current ? `${context} *` : context,
    fits ? 'yes' : 'no',
    version ?? '-',
    firsts(classes, SHOWN) || '-',
    firsts(instances ?? [], SHOWN) || '-',
    why ?? mind ?? '-',
  ];
}
