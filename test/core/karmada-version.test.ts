import { KarmadaVersion } from '../../src/core/karmada-version';
import { messageOf } from './fake-instance';

test('known releases, and any newer one', () => {
  expect([KarmadaVersion.V1_16, KarmadaVersion.V1_17, KarmadaVersion.V1_18].map(({ version }) => version)).toEqual([
    'v1.16.8',
    'v1.17.5',
    'v1.18.2',
  ]);
  expect(KarmadaVersion.of('v1.17.0').version).toBe('v1.17.0');
  expect(KarmadaVersion.of('v2.0.0').version).toBe('v2.0.0');
});

test.each(['1.18.2', 'latest', 'v1.18', ''])('fails when %j is no tag of a release', (version) => {
  expect(messageOf(() => KarmadaVersion.of(version))).toBe(
    `"${version}" is no version of Karmada\n  fix: give the tag of a release, such as 'v1.16.8', 'v1.17.5', 'v1.18.2'`,
  );
});

test('those of the newest minor release and older ones are known', () => {
  const known = ['v1.16.0', 'v1.18.99', 'v1.19.0', 'v2.0.0'].filter((version) => KarmadaVersion.of(version)._isKnown);
  expect(known).toEqual(['v1.16.0', 'v1.18.99']);
  expect(KarmadaVersion._newest).toBe('v1.18');
});

test('fails when it is too old', () => {
  expect(messageOf(() => KarmadaVersion.of('v1.15.9'))).toBe(
    [
      'Karmada v1.15.9 is older than v1.16, the oldest release that is supported',
      "  fix: give the tag of a release, such as 'v1.16.8', 'v1.17.5', 'v1.18.2'",
    ].join('\n'),
  );
});
