import { visible } from './error-text';
import type { FleetView, ShownCluster } from './fleet-view';
import type { Paint } from './paint';
import { table } from './table';
import { count } from './words';

const HEADS = [
  'CLUSTER',
  'REGION',
  'ZONE',
  'PROVIDER',
  'READY',
  'CPU',
  'MEMORY',
  'PODS',
  'MODELS',
  'VERSION',
  'TAINTS',
];

/** The fleet as a table: capacity is what is free. */
export function fleetText({ asOf, clusters }: FleetView, width: number, paint: Paint): string {
  const ready = clusters.filter((cluster) => cluster.ready === 'True').length;
  const when = asOf === null ? 'read at a time that the file does not say' : `as of ${asOf}`;
  const head = `${paint.bold(count(clusters.length, 'cluster'))}, ${ready} ready, ${when}; CPU, memory and pods are what is free\n`;
  if (clusters.length === 0) return head;
  return visible(`${head}\n${table([HEADS, ...clusters.map(row)], { width, indent: 0 })}`);
}

function row(cluster: ShownCluster): string[] {
  const { name, region, zones, provider, ready, taints, free, models, kubernetesVersion } = cluster;
  const cells = [
    name,
    region,
    zones.join('\n'),
    provider,
    ready === null ? '' : (READY[ready] ?? ready),
    free.cpu ?? '',
    free.memory === null ? '' : memoryText(free.memory),
    free.pods ?? '',
    models ? String(models) : '',
    kubernetesVersion ?? '',
    taints.join('\n'),
  ];
  return cells.map((cell) => cell || '-');
}

const READY: { readonly [status: string]: string } = { True: 'yes', False: 'no', Unknown: 'unknown' };

const STEPS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** Bytes in the largest unit that leaves a whole number before the point: `31.2Gi`. */
function memoryText(bytes: string): string {
  if (!/^-?\d+$/.test(bytes)) return bytes;
  let size = Number(bytes);
  let step = 0;
  while (Math.abs(size) >= 1024 && step < STEPS.length - 1) {
    size /= 1024;
    step++;
  }
  return `${Math.floor(size * 10) / 10}${STEPS[step]}`;
}
