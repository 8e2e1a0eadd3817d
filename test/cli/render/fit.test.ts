import { fitted } from '../../../cli/render/fit';

test('what fits is left as it is, and so is everything where nobody knows how wide it may be', () => {
  const text = '  + create  ConfigMap/shop/flags          shop/flags\n\n+ 1 create\n';
  expect(fitted(text, 80)).toBe(text);
  expect(fitted(text, undefined)).toBe(text);
});

test('a line that is too wide gives up its columns first', () => {
  expect(fitted('  + create  ConfigMap/shop/flags          shop/flags\n', 44)).toBe(
    '  + create  ConfigMap/shop/flags  shop/flags\n',
  );
});

test('then it goes on below, further in, at the end of a word', () => {
  expect(fitted('    the server answered 422: spec.replicas: must be >= 0\nnext', 33)).toBe(
    '    the server answered 422:\n      spec.replicas: must be >= 0\nnext',
  );
  expect(fitted('✗ Apply stopped: 1 failed, 61 created, 1 unchanged, in 1.5 s', 40)).toBe(
    '✗ Apply stopped: 1 failed, 61 created, 1\n  unchanged, in 1.5 s',
  );
});

test('colours and characters of two columns are counted as what they take', () => {
  expect(fitted('\u001b[31m✗ failed\u001b[39m  karmada: Pod/shop/p', 29)).toBe(
    '\u001b[31m✗ failed\u001b[39m  karmada: Pod/shop/p',
  );
  expect(fitted('日本語 日本語', 10)).toBe('日本語\n  日本語');
});
