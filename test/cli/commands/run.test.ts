import { cdk8sKarmada } from './terminal';

const COMMANDS = [
  '',
  'validate ',
  'preview ',
  'plan ',
  'apply ',
  'fleet ',
  'fleet pull ',
  'fleet show ',
  'completion ',
  'instance ',
  'instance certs ',
  'instance issue ',
  'instance kubeconfig ',
  'workload ',
  'workload list ',
  'workload pause ',
  'workload resume ',
  'workload restart ',
  'workload show ',
  'workload trace ',
  'workload rebalance ',
  'workload adopt ',
];

test.each(COMMANDS)('help of "%s" is a result, fits 40 lines of 80 columns and has no error', async (command) => {
  const { code, stdout, stderr } = await cdk8sKarmada(`${command}--help`, { columns: 80 });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: cdk8s-karmada ${command}`));
  expect(stdout.split('\n').length - 1).toBeLessThanOrEqual(40);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('every command that a person calls shows examples', async () => {
  for (const command of ['', 'validate', 'preview', 'plan', 'apply', 'fleet pull', 'fleet show', 'completion']) {
    expect((await cdk8sKarmada(`${command} --help`)).stdout).toContain('\nExamples:\n');
  }
});

test('the version is that of the package', async () => {
  const { version } = require('../../../package.json');
  expect(await cdk8sKarmada('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('no command at all is answered with the help, as a mistake', async () => {
  const { stdout } = await cdk8sKarmada('--help');
  expect(await cdk8sKarmada('')).toEqual({ code: 1, stdout: '', stderr: stdout });
});

test('a mistyped command is answered with the one that was meant', async () => {
  expect(await cdk8sKarmada('prevew')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown command 'prevew'\n  fix: did you mean preview?\n",
  });
});

test('a mistyped option is answered with the one that was meant', async () => {
  expect(await cdk8sKarmada('preview --flet fleet.yaml')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown option '--flet'\n  fix: did you mean --fleet?\n",
  });
});

test('an unknown command that is like none is answered with where the commands are', async () => {
  expect(await cdk8sKarmada('zzzzzzzz')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown command 'zzzzzzzz'\n  fix: see `cdk8s-karmada --help`\n",
  });
});

test('a wrong value of an option is answered with those that are allowed', async () => {
  expect(await cdk8sKarmada('validate -o yaml')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: option '-o, --output <format>' argument 'yaml' is invalid\n  fix: allowed choices are text, json\n",
  });
});

test('an error is red on a terminal, unless the user does not want colour', async () => {
  const coloured = (commandLine: string, env: { [name: string]: string }, tty: boolean) =>
    cdk8sKarmada(commandLine, { env, tty }).then(({ stderr }) => stderr.startsWith('\u001b[31merror:'));
  expect(await coloured('prevew', { NO_COLOR: '' }, true)).toBe(true);
  expect(await coloured('prevew', { NO_COLOR: '' }, false)).toBe(false);
  expect(await coloured('prevew', { NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
  expect(await coloured('prevew', { NO_COLOR: '', FORCE_COLOR: '1' }, false)).toBe(true);
  expect(await coloured('prevew', { NO_COLOR: '', FORCE_COLOR: '0' }, true)).toBe(false);
  expect(await coloured('prevew', { NO_COLOR: '', TERM: 'dumb' }, true)).toBe(false);
  expect(await coloured('prevew --no-color', { NO_COLOR: '', FORCE_COLOR: '1' }, true)).toBe(false);
});

test('a verb that nobody knows is answered as any mistake', async () => {
  expect(await cdk8sKarmada('member jion')).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown command 'jion'\n  fix: did you mean join?\n",
  });
});
