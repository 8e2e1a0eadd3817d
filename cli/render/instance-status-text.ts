import type { ComponentStatus } from '../plan/instance/component-status';
import type { InstanceStatus } from '../plan/instance/instance-status';
import { visible } from './error-text';
import type { Paint } from './paint';
import { table } from './table';
import { age } from './words';

const HEADS = ['COMPONENT', 'WAVE', 'READY', 'RESTARTS', 'IMAGE'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** A control plane on one screen: what it is, what is around it, its components. */
export function instanceStatusText(
  status: InstanceStatus,
  { width, now }: { readonly width: number; readonly now: number },
  paint: Paint,
): string {
  const { instanceName, alias, version, namespace, virtualClusterName, created, components, notes } = status;
  const name = alias ? `${instanceName} (${alias})` : instanceName;
  const facts = [version, `namespace ${namespace}`, virtualClusterName, `${age(created, now)} old`, kept(status)];
  const lines = [
    `${paint.bold(name)}: ${stateText(status, paint)}; ${facts.filter(Boolean).join(', ')}`,
    ...around(status, now, paint),
    ...components
      .filter(({ message }) => message)
      .map((each) => `  ${mark(each, paint)} ${each.name}: ${each.message}`),
    ...notes.map((note) => `  ${paint.yellow('note')}  ${note}`),
  ];
  const rows = components.map(row);
  const all = rows.length ? `\n${table([HEADS, ...rows], { width, indent: 2 })}` : '';
  return visible(`${lines.join('\n')}\n${all}`);
}

function stateText({ installed, state }: InstanceStatus, paint: Paint): string {
  if (!installed) return paint.red('there is no control plane, only what is left of one');
  return state === 'ready'
    ? paint.green(state)
    : state === 'missing'
      ? paint.red('a component is missing')
      : paint.yellow(state);
}

function kept({ deletion, retained }: InstanceStatus): string {
  if (retained) return `retained since ${retained}`;
  return deletion === 'retain' ? 'retained when it is destroyed' : '';
}

function around({ apiServer, members, nextExpiry, waves }: InstanceStatus, now: number, paint: Paint): string[] {
  const server = apiServer.reachable
    ? `answers at ${apiServer.url}`
    : paint.yellow(`does not answer: ${apiServer.why ?? 'nobody knows why'}`);
  const steps = waves.map(({ wave, ready }) => `${wave} ${ready ? '✓' : '…'}`).join('  ');
  return [
    `  API server    ${server}`,
    ...(members ? [`  members       ${members.total}${members.total ? `, ${members.ready} ready` : ''}`] : []),
    ...(nextExpiry ? [`  certificates  ${expiryText(nextExpiry, now, paint)}`] : []),
    ...(steps ? [`  waves         ${steps}`] : []),
  ];
}

function expiryText({ secret, expires }: NonNullable<InstanceStatus['nextExpiry']>, now: number, paint: Paint): string {
  const days = Math.floor((Date.parse(expires) - now) / DAY_MS);
  const text = `${secret} is the next to expire, on ${expires.slice(0, 10)}, in ${days} d`;
  return days < 0 ? paint.red(`${secret} expired on ${expires.slice(0, 10)}`) : text;
}

function mark({ state }: ComponentStatus, paint: Paint): string {
  return state === 'missing' ? paint.red('✗') : paint.yellow('…');
}

function row({ name, wave, ready, desired, restarts, image, state }: ComponentStatus): string[] {
  return [
    name,
    `${wave}`,
    state === 'missing' ? 'missing' : `${ready}/${desired}`,
    restarts === undefined ? '-' : `${restarts}`,
    image ?? '-',
  ];
}
