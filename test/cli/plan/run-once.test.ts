import { ranAlready, remembered, runOf } from '../../../cli/plan/run-once';

const key = { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'migrate' };
const job = (image: string, ttl: number | undefined = 60) => ({
  ...key,
  spec: { ttlSecondsAfterFinished: ttl, template: { spec: { containers: [{ name: 'a', image }] } } },
});
const member = (image: string, uid?: string) => ({ ...key, path: 'a', wave: 7, uid, run: runOf(job(image)) });

test('only a Job that deletes itself is remembered, with what it ran', () => {
  expect([runOf({ ...job('a'), spec: {} }), runOf({ ...job('a'), kind: 'CronJob' })]).toEqual([undefined, undefined]);
  expect(new Set(['a', 'b', 'a'].map((image) => runOf(job(image)))).size).toBe(2);
});

test('what ran is not sent again; what is another one, or was never sent, is', () => {
  const sent = (image: string, recorded: any) => ranAlready(job(image), key, [recorded])?.action;
  expect([sent('a', member('a', 'u')), sent('b', member('a', 'u')), sent('a', member('a'))]).toEqual([
    'unchanged',
    undefined,
    undefined,
  ]);
});

test('the record keeps what ran', () => {
  const recorded = [member('a', 'u')];
  const [same, there, other] = [member('a'), member('a', 'v'), member('b')];
  expect([same, there, other].map((each) => remembered(each, recorded))).toEqual([recorded[0], there, other]);
});
