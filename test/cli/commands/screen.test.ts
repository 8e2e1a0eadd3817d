import { Screen } from '../../../cli/commands/screen';
import { EmulatedTerminal } from './emulated';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A screen on a terminal, and how often something was written to it. */
function screenOn(columns: number, rows: number) {
  const terminal = new EmulatedTerminal(columns, rows);
  const shown = { lines: ['one', 'two'], sizes: [] as object[], writes: 0 };
  const output = {
    isTTY: true,
    columns,
    rows,
    write: (text: string) => {
      shown.writes++;
      terminal.write(text.replaceAll('\n', '\r\n')); // as the driver of a terminal does
    },
  };
  const draw = (size: { width: number; height: number }) => {
    shown.sizes.push(size);
    return shown.lines;
  };
  return { terminal, shown, output, screen: new Screen(output, draw) };
}

test('a frame is painted over the one before, however many lines each has', () => {
  const { terminal, shown, screen } = screenOn(20, 10);
  terminal.write('before\r\n');
  screen.begin();
  jest.advanceTimersByTime(100);
  expect(terminal.text).toBe('before\none\ntwo\n');
  shown.lines = ['1', '2', '3', '4'];
  jest.advanceTimersByTime(100);
  expect(terminal.text).toBe('before\n1\n2\n3\n4\n');
  shown.lines = ['last'];
  jest.advanceTimersByTime(100);
  expect(terminal.text).toBe('before\nlast\n');
});

test('it is painted ten times a second at most, in one write each, and not when nothing has changed', () => {
  const { shown, screen } = screenOn(20, 10);
  screen.begin();
  jest.advanceTimersByTime(1000);
  expect(shown.writes).toBe(1);
  for (let i = 0; i < 1000; i++) {
    shown.lines = [`${i}`];
    screen.tell('');
    jest.advanceTimersByTime(1);
  }
  expect(shown.writes).toBe(11);
});

test('what is told stays above the frame, in its order, also when the frame is gone', () => {
  const { terminal, screen } = screenOn(20, 10);
  screen.begin();
  jest.advanceTimersByTime(100);
  screen.tell('failed: a\n');
  screen.tell('failed: b\n');
  expect(terminal.text).toBe('one\ntwo\n');
  jest.advanceTimersByTime(100);
  expect(terminal.text).toBe('failed: a\nfailed: b\none\ntwo\n');
  screen.tell('failed: c\n');
  screen.end();
  expect(terminal.text).toBe('failed: a\nfailed: b\nfailed: c\n');
  screen.tell('the end\n');
  expect(terminal.text).toBe('failed: a\nfailed: b\nfailed: c\nthe end\n');
  jest.advanceTimersByTime(1000);
  expect(terminal.text).toBe('failed: a\nfailed: b\nfailed: c\nthe end\n');
});

test('a frame leaves the last column and the row of the cursor free, of a terminal as it is now', () => {
  const { shown, output, screen } = screenOn(80, 24);
  screen.begin();
  jest.advanceTimersByTime(100);
  output.columns = 40;
  output.rows = 10;
  jest.advanceTimersByTime(100);
  expect(shown.sizes).toEqual([
    { width: 79, height: 23 },
    { width: 39, height: 9 },
  ]);
});

test('of a terminal that became narrower the lines that it wrapped are painted over, too', () => {
  const { terminal, shown, output, screen } = screenOn(20, 10);
  terminal.write('before\r\n');
  shown.lines = ['a line of 19 columns', 'short'];
  screen.begin();
  jest.advanceTimersByTime(100);
  // what a terminal of 10 columns makes of it
  const narrow = new EmulatedTerminal(10, 10);
  narrow.write('before\r\na line of \r\n19 columns\r\nshort\r\n');
  output.columns = 10;
  output.write = (text) => narrow.write(text.replaceAll('\n', '\r\n'));
  shown.lines = ['a line of', 'short'];
  jest.advanceTimersByTime(100);
  expect(narrow.text).toBe('before\na line of\nshort\n');
});

test('the cursor is never hidden and no mode is changed', () => {
  const { output, shown, screen } = screenOn(20, 10);
  const codes = new Set<string>();
  output.write = (text) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes begin with one
    for (const [code] of text.matchAll(/\u001b\[[^A-Za-z]*[A-Za-z]/g)) codes.add(code.slice(1));
  };
  screen.begin();
  jest.advanceTimersByTime(100);
  shown.lines = ['other'];
  screen.tell('news\n');
  screen.end();
  expect([...codes].sort()).toEqual(['[0J', '[1G', '[2A', '[2K']);
});
