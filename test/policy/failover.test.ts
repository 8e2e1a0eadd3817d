import { Duration } from 'cdk8s';
import { ApplicationFailover } from '../../src/policy/application-failover';
import { ClusterFailover } from '../../src/policy/cluster-failover';
import { messageOf } from '../core/fake-instance';

const statePreservation = { 'job.example/id': '{.jobStatus.jobID}' };
const rules = [{ aliasLabelName: 'job.example/id', jsonPath: '{.jobStatus.jobID}' }];

test('of an application: what Karmada would fill in is written out', () => {
  expect(ApplicationFailover.directly()._toKarmada()).toStrictEqual({
    decisionConditions: { tolerationSeconds: 300 },
    purgeMode: 'Directly',
  });
  expect(ApplicationFailover.never({ tolerationSeconds: Duration.seconds(0) })._toKarmada()).toStrictEqual({
    decisionConditions: { tolerationSeconds: 0 },
    purgeMode: 'Never',
  });
  expect(ApplicationFailover.gracefully()._toKarmada()).toStrictEqual({
    decisionConditions: { tolerationSeconds: 300 },
    purgeMode: 'Gracefully',
    gracePeriodSeconds: 600,
  });
});

test('of an application, with everything', () => {
  const failover = ApplicationFailover.gracefully({
    tolerationSeconds: Duration.minutes(1),
    gracePeriodSeconds: Duration.hours(1),
    statePreservation,
  });

  expect(failover._toKarmada()).toStrictEqual({
    decisionConditions: { tolerationSeconds: 60 },
    purgeMode: 'Gracefully',
    gracePeriodSeconds: 3600,
    statePreservation: { rules },
  });
});

test('of clusters', () => {
  expect(ClusterFailover.directly()._toKarmada()).toStrictEqual({ purgeMode: 'Directly' });
  expect(ClusterFailover.gracefully({ statePreservation })._toKarmada()).toStrictEqual({
    purgeMode: 'Gracefully',
    statePreservation: { rules },
  });
});

describe('fails when', () => {
  test('a time is none of Karmada, or state cannot be carried over, with all reasons', () => {
    expect(
      messageOf(() =>
        ApplicationFailover.gracefully({
          tolerationSeconds: Duration.days(30_000),
          gracePeriodSeconds: Duration.millis(500),
          statePreservation: { 'a b': '.jobStatus' },
        }),
      ),
    ).toBe(
      [
        '`tolerationSeconds` must be whole seconds from 0 to 2147483647, got 2592000000',
        '  fix: give a Duration of whole seconds in these limits',
        '`gracePeriodSeconds` must be whole seconds from 1 to 2147483647, got 0.5',
        '  fix: give a Duration of whole seconds in these limits',
        '"a b" cannot be the key of a label',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        '".jobStatus" for the label "a b" is no path: Karmada would carry over these very words',
        '  fix: give a JSONPath in braces that begins below the status, such as {.jobStatus.jobID}',
      ].join('\n'),
    );
  });

  test('there is no state', () => {
    expect(messageOf(() => ClusterFailover.directly({ statePreservation: {} }))).toBe(
      [
        '`statePreservation` is empty, so nothing would be carried over',
        '  fix: give one label key or more, each with a path, or leave it out',
      ].join('\n'),
    );
  });
});
