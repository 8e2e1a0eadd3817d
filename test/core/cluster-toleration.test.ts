import { Duration } from 'cdk8s';
import { ClusterToleration, TaintEffect } from '../../src/core/cluster-toleration';
import { messageOf } from './fake-instance';

test('by key and value', () => {
  expect(ClusterToleration.equal('team', 'shop')._toKarmada()).toStrictEqual({
    key: 'team',
    operator: 'Equal',
    value: 'shop',
  });
});

test('a taint without a value', () => {
  expect(ClusterToleration.equal('team', '')._toKarmada()).toStrictEqual({ key: 'team', operator: 'Equal' });
});

test('by key alone, for one effect', () => {
  const toleration = ClusterToleration.exists('lab', { effect: TaintEffect.NO_SCHEDULE });

  expect(toleration._toKarmada()).toStrictEqual({ key: 'lab', operator: 'Exists', effect: 'NoSchedule' });
});

test('for a while, which only NoExecute knows', () => {
  const toleration = ClusterToleration.exists('cluster.karmada.io/unreachable', { evictAfter: Duration.minutes(2) });

  expect(toleration._toKarmada()).toStrictEqual({
    key: 'cluster.karmada.io/unreachable',
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 120,
  });
});

test('of a cluster that is not ready or not reached, for a while', () => {
  const rest = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };

  expect(ClusterToleration.notReady(Duration.minutes(5))._toKarmada()).toStrictEqual({
    key: 'cluster.karmada.io/not-ready',
    ...rest,
  });
  expect(ClusterToleration.unreachable(Duration.minutes(5))._toKarmada()).toStrictEqual({
    key: 'cluster.karmada.io/unreachable',
    ...rest,
  });
});

test('fails when the time is not whole seconds', () => {
  expect(messageOf(() => ClusterToleration.notReady(Duration.millis(1500)))).toBe(
    [
      '`evictAfter` of the taint "cluster.karmada.io/not-ready" must be whole seconds, got 1.5',
      '  fix: give a Duration of whole seconds',
    ].join('\n'),
  );
});

test('fails when no taint could be like that, with all reasons', () => {
  const options = { effect: TaintEffect.NO_SCHEDULE, evictAfter: Duration.minutes(2) };

  expect(messageOf(() => ClusterToleration.equal('', 'a b', options))).toBe(
    [
      '"" cannot be the key of a taint',
      '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
      '"a b" cannot be the value of the taint ""',
      '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
      '`evictAfter` is given for the taint "" with effect NoSchedule, which moves nothing away',
      '  fix: leave `evictAfter` out, or give TaintEffect.NO_EXECUTE as the effect',
    ].join('\n'),
  );
});
