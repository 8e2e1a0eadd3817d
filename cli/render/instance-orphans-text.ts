import type { Orphan } from '../plan/instance/orphan';
import { visible } from './error-text';
import type { Paint } from './paint';
import { age, count, firsts } from './words';

const SHOWN = 5;

/** What nobody looks after, each with what deletes it. */
export function orphansText(orphans: readonly Orphan[], now: number, paint: Paint): string {
  if (!orphans.length) return 'nothing is left that nobody looks after\n';
  return visible(orphans.map((each) => orphanText(each, now, paint)).join('\n'));
}

function orphanText(
  { what, name, instance, namespace, objects, why, recycle, created }: Orphan,
  now: number,
  paint: Paint,
): string {
  const title = {
    'control plane': `instance "${name}"`,
    data: `data of instance "${name}"`,
    chart: `chart ${name} on the Karmada of "${instance}"`,
    objects: `${count(objects?.length ?? 0, 'object')} of ${name}`,
  }[what];
  const place = [namespace && `namespace ${namespace}`, created && `${age(created, now)} old`]
    .filter(Boolean)
    .join(', ');
  return [
    `${paint.bold(title)}${place ? `, ${place}` : ''}`,
    `  ${why}`,
    ...(objects ? [`  ${firsts(objects, SHOWN)}`] : []),
    `  recycle: ${recycle}\n`,
  ].join('\n');
}
