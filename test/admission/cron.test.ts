import { isCron } from '../../src/admission/cron';

test.each([
  '@Daily',
  '* * 31 2 *',
  '0 0 L * *',
  '0 0 32W * *',
  '0 0 * * 5L',
  '0 0 * * 1#9',
  '0 0 * * 7-2',
  '*/-5 * * * *',
  '* * 0 * *',
  '0 0 1 1 * 2050',
  '0 9 * * MON-FRI',
  '0,30 8-18/2 * JAN *',
])('a schedule: %s', (schedule) => {
  expect(isCron(schedule)).toBe(true);
});

test.each([
  '',
  '@every 5m',
  'TZ=UTC 0 0 * * *',
  '5-1 * * * *',
  '*/0 * * * *',
  '1-5/-1 * * * *',
  '0 0 * * L',
  '0 0 LW * *',
  '60 * * * *',
  '* * * *',
  '* * * * * * * *',
])('no schedule: %s', (schedule) => {
  expect(isCron(schedule)).toBe(false);
});
