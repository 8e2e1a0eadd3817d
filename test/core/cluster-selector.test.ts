import { ClusterLabel } from '../../src/core/cluster-label';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { messageOf } from './fake-instance';

test('all clusters', () => {
  expect(ClusterSelector.all()._toKarmada()).toStrictEqual({});
});

test('by name, once each', () => {
  expect(ClusterSelector.names('berlin', 'paris', 'berlin')._toKarmada()).toStrictEqual({
    clusterNames: ['berlin', 'paris'],
  });
});

test('by labels', () => {
  expect(ClusterSelector.labels({ tier: 'edge' })._toKarmada()).toStrictEqual({
    labelSelector: { matchLabels: { tier: 'edge' } },
  });
});

test('by label expressions', () => {
  const selector = ClusterSelector.matching(
    ClusterLabel.isIn('tier', 'edge', 'core'),
    ClusterLabel.isNotIn('stage', 'lab'),
    ClusterLabel.exists('example.com/gpu'),
    ClusterLabel.doesNotExist('old'),
  );

  expect(selector._toKarmada()).toStrictEqual({
    labelSelector: {
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['edge', 'core'] },
        { key: 'stage', operator: 'NotIn', values: ['lab'] },
        { key: 'example.com/gpu', operator: 'Exists' },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    },
  });
});

test('by location', () => {
  const location = { providers: ['aws'], regions: ['eu-1', 'eu-2'], zones: ['eu-1a'] };

  expect(ClusterSelector.location(location)._toKarmada()).toStrictEqual({
    fieldSelector: {
      matchExpressions: [
        { key: 'provider', operator: 'In', values: ['aws'] },
        { key: 'region', operator: 'In', values: ['eu-1', 'eu-2'] },
        { key: 'zone', operator: 'In', values: ['eu-1a'] },
      ],
    },
  });
  expect(ClusterSelector.notInLocation({ regions: ['eu-1'] })._toKarmada()).toStrictEqual({
    fieldSelector: { matchExpressions: [{ key: 'region', operator: 'NotIn', values: ['eu-1'] }] },
  });
});

test('excluding leaves the selector alone that it is called on', () => {
  const all = ClusterSelector.all();

  expect(all.excluding('lab').excluding('old', 'lab')._toKarmada()).toStrictEqual({ exclude: ['lab', 'old'] });
  expect(all._toKarmada()).toStrictEqual({});
});

test('what is combined has to hold together', () => {
  const selector = ClusterSelector.names('a', 'b')
    .and(ClusterSelector.names('b', 'c'))
    .and(ClusterSelector.labels({ tier: 'edge', team: 'shop' }))
    .and(ClusterSelector.labels({ tier: 'core' }))
    .and(ClusterSelector.location({ regions: ['eu'] }))
    .and(ClusterSelector.location({ zones: ['eu-1'] }));

  expect(selector._toKarmada()).toStrictEqual({
    labelSelector: {
      matchLabels: { tier: 'core', team: 'shop' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['edge'] }],
    },
    fieldSelector: {
      matchExpressions: [
        { key: 'region', operator: 'In', values: ['eu'] },
        { key: 'zone', operator: 'In', values: ['eu-1'] },
      ],
    },
    clusterNames: ['b'],
  });
});

describe('fails when', () => {
  test.each([
    ['names', () => ClusterSelector.names(), 'name one cluster or more'],
    ['members', () => ClusterSelector.members(), 'give one cluster or more'],
    ['labels', () => ClusterSelector.labels({}), 'give one label or more'],
    ['matching', () => ClusterSelector.matching(), 'give one ClusterLabel or more'],
    ['location', () => ClusterSelector.location({}), 'give `providers`, `regions` or `zones`'],
    ['notInLocation', () => ClusterSelector.notInLocation({}), 'give `providers`, `regions` or `zones`'],
  ])('%s is given nothing', (method, act, fix) => {
    expect(messageOf(act)).toBe(
      `ClusterSelector.${method} is given nothing to choose clusters by\n  fix: ${fix}, or use ClusterSelector.all()`,
    );
  });

  test('excluding is given nothing', () => {
    expect(messageOf(() => ClusterSelector.all().excluding())).toBe(
      'ClusterSelector.excluding is given nothing to choose clusters by\n  fix: name one cluster or more to leave out',
    );
  });

  test('names cannot be those of clusters, with all of them', () => {
    const rule =
      '  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit';

    expect(messageOf(() => ClusterSelector.names('EU 1', 'fine', 'a.b', 'x'.repeat(49)))).toBe(
      ['EU 1', 'a.b', 'x'.repeat(49)]
        .map((name) => `"${name}" cannot be the name of a member cluster\n${rule}`)
        .join('\n'),
    );
    expect(messageOf(() => ClusterSelector.all().excluding('-'))).toBe(
      `"-" cannot be the name of a member cluster\n${rule}`,
    );
  });

  test('labels cannot be labels', () => {
    expect(messageOf(() => ClusterSelector.labels({ 'a b': 'c d' }))).toBe(
      [
        '"a b" cannot be the key of a cluster label',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
        '"c d" cannot be the value of the cluster label "a b"',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
      ].join('\n'),
    );
  });

  test('a label expression has no values', () => {
    expect(messageOf(() => ClusterLabel.isIn('tier'))).toBe(
      [
        'no values are given for the cluster label "tier"',
        '  fix: give one value or more; to ask only whether the label is there, use ClusterLabel.exists or doesNotExist',
      ].join('\n'),
    );
  });

  test('a place cannot be one', () => {
    expect(messageOf(() => ClusterSelector.location({ providers: ['Red Hat OpenShift'], zones: [] }))).toBe(
      [
        '"Red Hat OpenShift" cannot be the provider of a cluster',
        '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
        '`zones` is empty, so it could choose no cluster',
        '  fix: give one zone or more, or leave it out',
      ].join('\n'),
    );
  });

  test.each([
    ['combining', () => ClusterSelector.names('a').and(ClusterSelector.names('b'))],
    ['excluding', () => ClusterSelector.names('a').excluding('a')],
  ])('%s leaves no cluster', (_, act) => {
    expect(messageOf(act)).toBe(
      [
        'the selector can choose no cluster: every cluster that it names is left out again',
        '  fix: name a cluster that is in both selectors and not excluded',
      ].join('\n'),
    );
  });
});

test('whether two selectors may choose one cluster, as far as names tell', () => {
  const berlin = ClusterSelector.names('berlin');

  expect(berlin._mayOverlap(ClusterSelector.names('paris'))).toBe(false);
  expect(berlin._mayOverlap(ClusterSelector.all().excluding('berlin'))).toBe(false);
  expect(berlin._mayOverlap(ClusterSelector.names('paris', 'berlin'))).toBe(true);
  expect(ClusterSelector.labels({ a: 'b' })._mayOverlap(ClusterSelector.location({ regions: ['eu'] }))).toBe(true);
});
