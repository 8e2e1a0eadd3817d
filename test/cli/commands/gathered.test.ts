import { Gathered } from '../../../cli/commands/gathered';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function gathering() {
  const writes: string[] = [];
  return { writes, lines: new Gathered((text) => writes.push(text)) };
}

test('what comes alone goes out at once', () => {
  const { writes, lines } = gathering();
  lines.add('a\n');
  expect(writes).toEqual(['a\n']);
  jest.advanceTimersByTime(150);
  lines.add('b\n');
  expect(writes).toEqual(['a\n', 'b\n']);
});

test('what follows closely goes out together, in order, and not later than in a tenth of a second', () => {
  const { writes, lines } = gathering();
  for (const each of ['a\n', 'b\n', 'c\n']) lines.add(each);
  expect(writes).toEqual(['a\n']);
  jest.advanceTimersByTime(100);
  expect(writes).toEqual(['a\n', 'b\nc\n']);
  lines.add('d\n'); // still close to what has just gone out
  expect(writes).toHaveLength(2);
  jest.advanceTimersByTime(100);
  expect(writes).toEqual(['a\n', 'b\nc\n', 'd\n']);
});

test('a flush holds nothing back, writes nothing twice, and the next line goes out at once', () => {
  const { writes, lines } = gathering();
  lines.add('a\n');
  lines.add('b\n');
  lines.flush();
  lines.flush();
  jest.advanceTimersByTime(1000);
  expect(writes).toEqual(['a\n', 'b\n']);
  lines.add('c\n');
  expect(writes).toEqual(['a\n', 'b\n', 'c\n']);
});
