import type { Context } from '../../../cli/commands/context';
import { Progress, type ProgressOptions } from '../../../cli/commands/progress';
import type { ApplyEvent } from '../../../cli/plan/progress';
import { EmulatedTerminal } from './emulated';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

/** Where a run is shown. */
interface Place {
  readonly terminal?: boolean;
  readonly rows?: number;
  readonly stdoutTerminal?: boolean;
  readonly env?: { readonly [name: string]: string };
  readonly options?: Partial<ProgressOptions>;
}

const key = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'flags' };
const plan = {
  ...{ planes: [{ plane: 'karmada', url: 'https://k' }], sets: [], prunes: [], issues: [], notes: [] },
  objects: [{ plane: 'karmada', key, action: 'create' }],
};
const object = (outcome: string, message?: string) => {
  const result = { plane: 'karmada', chart: 'shop', key, wave: 7, path: 'shop/flags', outcome, message };
  return { type: 'object', result };
};

/** A run at a place: what stands there while it goes on, what at its end, and what standard output has. */
async function shownAt({ terminal = true, rows = 20, stdoutTerminal = false, env = {}, options = {} }: Place) {
  const screen = new EmulatedTerminal(80, 20);
  let stdout = '';
  const stopped = new AbortController();
  const context = {
    stdout: { isTTY: stdoutTerminal, write: (text: string) => (stdout += text) },
    stderr: {
      ...{ isTTY: terminal, columns: 80, rows: rows || undefined },
      write: (text: string) => screen.write(text.replaceAll('\n', '\r\n')),
    },
    env: { NO_COLOR: '1', ...env },
    now: Date.now,
  } as unknown as Context;
  const all = { output: 'text', color: true, progress: 'auto', ...options } as const;
  const title = { verb: 'Apply', instance: 'east', identify: JSON.stringify };
  const progress = Progress.of(title, all, context, stopped.signal);
  let meanwhile = '';
  await progress.during(
    async (tell) => {
      const at = (atMs: number, event: object) => {
        jest.advanceTimersByTime(atMs - Date.now());
        tell({ ...event, atMs } as ApplyEvent);
      };
      at(0, { type: 'plan', plan });
      at(1000, { type: 'wave', wave: 7, objects: 1 });
      at(1000, { type: 'sending', plane: 'karmada', key });
      at(2000, { type: 'warning', plane: 'karmada', text: 'flags are old' });
      jest.advanceTimersByTime(100);
      meanwhile = screen.text;
      stopped.abort('SIGINT');
      at(3000, object('failed', 'denied'));
    },
    { findings: [] },
  );
  progress.say('the end\n');
  return { meanwhile, end: screen.text, stdout };
}

const LINES = `00:02  karmada  warning    flags are old
`;
const LIVE = `00:02  karmada  warning    flags are old

Apply east · plan ec2d15d                                00:02  ^C stops safely

  karmada  ··············  0/1   1 in flight · 0 objects/s · 0 throttled
`;

test('on a terminal the run is a table, and what went wrong stays when it is gone', async () => {
  const { meanwhile, end, stdout } = await shownAt({});
  expect(meanwhile).toBe(LIVE);
  expect(end).toBe(`00:02  karmada  warning    flags are old
00:03  karmada  failed     ConfigMap/shop/flags: denied

the end
`);
  expect(stdout).toBe('');
});

test.each<[string, Place]>([
  ['there is no terminal', { terminal: false }],
  ['nobody knows how high the terminal is', { rows: 0 }],
  ['it runs in CI', { env: { CI: 'true' } }],
  ['the terminal can only add lines', { env: { TERM: 'dumb' } }],
  ['lines are asked for', { options: { progress: 'plain' } }],
  ['events for a machine are written to the same terminal', { stdoutTerminal: true, options: { output: 'jsonl' } }],
])('lines are only added where %s', async (_, place) => {
  const { meanwhile, end } = await shownAt(place);
  expect(meanwhile).toBe(`00:01  wave 7: 1 object\n${LINES}`);
  expect(end).toBe(`00:01  wave 7: 1 object
00:02  karmada  warning    flags are old
00:03  karmada  failed     ConfigMap/shop/flags: denied
the end
`);
});

test.each<[string, Place]>([
  ['CI says that it is none', { env: { CI: 'false' } }],
  ['it is asked for, whatever the surroundings say', { env: { CI: '1', TERM: 'dumb' }, options: { progress: 'tty' } }],
  ['events for a machine go elsewhere', { options: { output: 'jsonl' } }],
])('it is a table where %s', async (_, place) => {
  expect((await shownAt(place)).meanwhile).toBe(LIVE);
});

test('a table without a terminal is refused', async () => {
  await expect(shownAt({ terminal: false, options: { progress: 'tty' } })).rejects.toMatchObject({
    exitCode: 1,
    troubles: [{ what: '--progress tty needs a terminal, and standard error is none', fix: 'leave it out' }],
  });
});

test('a machine is told each event on a line, with its time', async () => {
  const { stdout } = await shownAt({ terminal: false, options: { output: 'jsonl' } });
  const seconds = (n: number) => ({ time: `1970-01-01T00:00:0${n}.000Z` });
  expect(stdout.endsWith('\n')).toBe(true);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { type: 'version', schema: '1', instance: 'east' },
    { type: 'plan', ...seconds(0), plan, findings: [] },
    { type: 'wave', ...seconds(1), wave: 7, objects: 1 },
    { type: 'sending', ...seconds(1), plane: 'karmada', key },
    { type: 'warning', ...seconds(2), plane: 'karmada', text: 'flags are old' },
    { ...object('failed', 'denied'), ...seconds(3) },
  ]);
});
