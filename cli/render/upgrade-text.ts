import type { ComponentChange, FlagChange, GateChange } from '../plan/instance/upgrade/changes';
import type { ReleaseNote } from '../plan/instance/upgrade/release-notes';
import type { UpgradePlan } from '../plan/instance/upgrade/upgrade-plan';
import { visible } from './error-text';
import type { Paint } from './paint';
import { count } from './words';

/** What an upgrade changes, and what to know before, as a person reads it. */
export function upgradeText(plan: UpgradePlan, paint: Paint): string {
  const { instance, from, to, begun, components, gates, fields, definitions, waves, notes, goingBack } = plan;
  const begunText = begun ? ` (an earlier run to ${begun} did not end)` : '';
  const parts = [
    `${paint.bold(`Upgrade of ${instance}`)}: Karmada ${from} -> ${to}${begunText}\n`,
    section('Before', notes.map((note) => noteText(note, paint)).sort(urgentFirst)),
    section('Images', components.flatMap(imageText)),
    section('Flags', components.flatMap(flagsText)),
    section('Feature gates', gates.map(gateText)),
    section(
      'Fields',
      fields.map(({ since, apiVersion, kind, path }) => `${since} adds ${path} to ${kind} of ${apiVersion}`),
    ),
    section(
      'CRDs',
      definitions.map(({ name, change, fields: changed }) =>
        change === 'comes' ? `+ ${name}` : `~ ${name}: ${count(changed, 'field')}`,
      ),
    ),
    section(
      'Waves',
      waves.map(({ wave, what, writes, restarts }) => {
        const started = restarts.length ? `; starts anew: ${restarts.join(', ')}` : '';
        return `${wave}  ${what}: ${count(writes, 'write')}${started}`;
      }),
    ),
    section('Going back', goingBack),
  ];
  return visible(parts.filter(Boolean).join('\n'));
}

function section(title: string, lines: readonly string[]): string {
  return lines.length ? `${title}\n${lines.map((line) => `  ${line}\n`).join('')}` : '';
}

const URGENT = '! ';

function urgentFirst(one: string, other: string): number {
  return Number(other.includes(URGENT)) - Number(one.includes(URGENT));
}

function noteText({ since, urgent, what, todo, see }: ReleaseNote, paint: Paint): string {
  const head = urgent ? paint.yellow(`${URGENT}${since}`) : `  ${since}`;
  const fix = todo ? `\n           fix: ${todo}` : '';
  return `${head}  ${what}${fix}\n           see: ${see}`;
}

function imageText({ name, change, image }: ComponentChange): string[] {
  if (!image) return [];
  if (change === 'comes') return [`+ ${name}: ${image.to}`];
  return [change === 'goes' ? `- ${name}: ${image.from}` : `~ ${name}: ${image.from} -> ${image.to}`];
}

function flagsText({ name, flags }: ComponentChange): string[] {
  return flags.map((each) => `${name}: ${flagText(each)}`);
}

function flagText({ flag, from, to }: FlagChange): string {
  if (from === undefined) return `+ --${flag}=${to}`;
  return to === undefined ? `- --${flag}=${from}` : `~ --${flag}: ${from} -> ${to}`;
}

function gateText({ gate, from, to, by }: GateChange): string {
  const state = (on: boolean | undefined) => (on === undefined ? 'unknown' : on ? 'on' : 'off');
  return `${gate}: ${state(from)} -> ${state(to)}, by the ${by}`;
}
