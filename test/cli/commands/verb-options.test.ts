import type { Command } from 'commander';
import { program } from '../../../cli/commands/program';
import { cdk8sKarmada } from './terminal';

const root = program({ stdout: {}, stderr: {} } as any, () => undefined);
const group = (name: string) => root.commands.find((each) => each.name() === name) as Command;
const optionsOf = (verb: Command) => verb.options.map(({ long }) => long as string);

const AS_WHOM = ['--as', '--as-group', '--expect-cluster-uid'];
const HOST = ['--host-context', '--host-kubeconfig', ...AS_WHOM];
const SERVERS = [...HOST, '--karmada-context', '--karmada-kubeconfig'];
const INPUT = ['--filename', '--instance'];

/** What each verb takes of the words that they share. */
const SHARED: { readonly [verb: string]: readonly string[] } = {
  'instance list': [...HOST, '--filename', '--output'],
  'instance status': [...SERVERS, ...INPUT, '--output'],
  'instance hosts': ['--host-kubeconfig', '--output'],
  'instance orphans': [...HOST, '--filename', '--output'],
  'instance destroy': [...SERVERS, '--output'], // by its name alone: code that is not looked at cannot choose the wrong one
  'instance doctor': [...SERVERS, ...INPUT, '--output'],
  'instance upgrade': [...SERVERS, ...INPUT, '--output'],
  'instance certs': [...SERVERS, ...INPUT, '--output'],
  'instance issue': [...SERVERS, ...INPUT, '--output'],
  'instance kubeconfig': [...HOST, '--filename', '--output'],
  ...Object.fromEntries(
    ['list', 'join', 'token', 'unjoin', 'cordon', 'uncordon'].map((verb) => [
      `member ${verb}`,
      [...SERVERS, ...INPUT, '--output'],
    ]),
  ),
};
const words = new Set(Object.values(SHARED).flat());

const verbs = ['instance', 'member'].flatMap((name) =>
  group(name).commands.map((verb) => [`${name} ${verb.name()}`, verb] as const),
);

test.each(verbs)('%s takes the options of its siblings', (name, verb) => {
  expect(
    optionsOf(verb)
      .filter((option) => words.has(option))
      .sort(),
  ).toEqual([...SHARED[name]].sort());
});

test('an option says the same wherever it stands', () => {
  const said = new Map<string, Set<string>>();
  const own = ['--output', '--timeout', '--wait', '--yes', '--plan', '--permissions']; // each speaks of its verb
  for (const [name, verb] of verbs) {
    if (name === 'instance hosts') continue; // of one's own kubeconfig
    for (const { long, flags, description } of verb.options) {
      const key = long as string;
      if (!own.includes(key)) said.set(key, (said.get(key) ?? new Set()).add(`${flags}: ${description}`));
    }
  }
  expect([...said].filter(([, ways]) => ways.size > 1)).toEqual([]);
});

test.each(verbs)('the help of %s fits a screen, with examples', async (name) => {
  const { code, stdout } = await cdk8sKarmada(`${name} --help`, { columns: 120 });
  expect(code).toBe(0);
  expect(stdout).toContain('Examples:');
  expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
});

test('a run makes the verbs of the noun that it names, and completion those of all', () => {
  const verbsOf = (...named: string[]) =>
    Object.fromEntries(
      program({ stdout: {}, stderr: {} } as any, () => undefined, named)
        .commands.filter((each) => ['fleet', 'instance', 'member', 'workload'].includes(each.name()))
        .map((each) => [each.name(), each.commands.length > 0]),
    );
  expect(verbsOf('plan')).toEqual({ fleet: false, instance: false, member: false, workload: false });
  expect(verbsOf('member', 'list')).toEqual({ fleet: false, instance: false, member: true, workload: false });
  expect(verbsOf('completion', 'bash')).toEqual({ fleet: true, instance: true, member: true, workload: true });
});
