import { Suspension } from '../../src/policy/suspension';
import { messageOf } from '../core/fake-instance';

test('everywhere', () => {
  expect(Suspension.everywhere()._toKarmada()).toStrictEqual({ dispatching: true });
});

test('on some clusters', () => {
  expect(Suspension.on('berlin', 'paris', 'berlin')._toKarmada()).toStrictEqual({
    dispatchingOnClusters: { clusterNames: ['berlin', 'paris'] },
  });
});

describe('fails when', () => {
  test('there are no clusters', () => {
    expect(messageOf(() => Suspension.on())).toBe(
      [
        'Suspension.on is given no clusters, so it would suspend nothing',
        '  fix: name one cluster or more, or use Suspension.everywhere()',
      ].join('\n'),
    );
  });

  test('no cluster can have the name', () => {
    expect(messageOf(() => Suspension.on('Berlin'))).toBe(
      [
        '"Berlin" cannot be the name of a member cluster',
        '  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
      ].join('\n'),
    );
  });
});
