import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { chosenCrds } from '../../../cli/plan/crds';
import { KarmadaVersion } from '../../../src/core/karmada-version';
import { crds } from '../../../src/schema/crd';
import { shared } from '../../shared';

const CONVERSION = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };
const expected = (version = 'v1.18.2') => crds({ version: KarmadaVersion.of(version), conversion: CONVERSION });
const SOURCE = 'the file crds.tar.gz';
const text = (...manifests: any[]) => manifests.map((manifest) => dump(manifest, { noRefs: true })).join('---\n');
const chosen = (texts: readonly (readonly [string, string])[], version = 'v1.18.2') =>
  chosenCrds(
    expected(version),
    texts.map(([path, text]) => ({ path, text })),
    version,
    SOURCE,
  );
const named = (name: string, all = expected()) => all.find(({ metadata }) => metadata.name.startsWith(name));

test('those of the source take the place of those of the input, with the conversion of the input', () => {
  const release = expected().map(({ spec: { conversion: _, ...spec }, ...rest }) => ({
    ...rest,
    spec: { ...spec, versions: spec.versions.map((version: any) => ({ ...version, deprecated: false })) },
    status: { acceptedNames: {} },
  }));
  const { manifests, notes } = chosen([['crds.yaml', text(...release)]]);
  expect(notes).toEqual([]);
  expect([...manifests.keys()].sort()).toEqual(
    expected()
      .map(({ metadata }) => metadata.name)
      .sort(),
  );
  const of = (name: string) => named(name, [...manifests.values()]);
  expect(of('resourcebindings').spec.conversion).toEqual(CONVERSION);
  expect(of('works.').spec).not.toHaveProperty('conversion');
  expect(of('works.').spec.versions[0].deprecated).toBe(false);
  expect(of('works.')).not.toHaveProperty('status');
});

test('whatever the source says of conversion, sets and who owns it is not taken', () => {
  const odd = {
    ...named('works.'),
    metadata: {
      name: 'works.work.karmada.io',
      annotations: {
        'controller-gen.kubebuilder.io/version': 'v0.20.0',
        'cdk8s-karmada.io/path': 'other/chart',
        'applyset.kubernetes.io/contains': 'x',
      },
      labels: { 'applyset.kubernetes.io/part-of': 'x' },
      ownerReferences: [{}],
      finalizers: ['never'],
    },
    spec: {
      ...named('works.').spec,
      conversion: { strategy: 'Webhook', webhook: { clientConfig: { url: 'https://evil' } } },
    },
  };
  const { manifests } = chosen([
    ['all.yaml', text(...expected().filter(({ metadata }) => metadata.name !== odd.metadata.name), odd)],
  ]);
  const taken = manifests.get('works.work.karmada.io');
  expect(taken.metadata).toEqual({
    name: 'works.work.karmada.io',
    annotations: { 'controller-gen.kubebuilder.io/version': 'v0.20.0' },
  });
  expect(taken.spec).not.toHaveProperty('conversion');
});

test('what else is there is said, and not applied', () => {
  const gadget = { ...named('works.'), metadata: { name: 'gadgets.example.com' } };
  const rest = [
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
  ];
  const { manifests, notes } = chosen([['a.yaml', text(...expected(), gadget, ...rest)]]);
  expect(manifests.has('gadgets.example.com')).toBe(false);
  expect(manifests.size).toBe(19);
  expect(notes).toEqual(['not applied, as Karmada v1.18.2 has no such kind: gadgets.example.com']);
});

test('templates of patches, which the archive of a release holds too, are passed over', () => {
  const patch = 'kind: CustomResourceDefinition\nmetadata:\n  name: {{name}}\n';
  const { notes } = chosen([
    ['crds/bases/all.yaml', text(...expected())],
    ['crds/patches/webhook.yaml', patch],
  ]);
  expect(notes).toEqual([]);
});

describe('a source is refused', () => {
  const message = (...texts: [string, string][]) => {
    try {
      chosen(texts);
    } catch (error: any) {
      expect(error).toMatchObject({ exitCode: 3 });
      return error.message;
    }
    throw new Error('it was taken');
  };
  const without = (...names: string[]) => expected().filter(({ metadata }) => !names.includes(metadata.name));

  test('with all that it lacks', () => {
    const some = without('works.work.karmada.io', 'remedies.remedy.karmada.io');
    expect(
      message(['a.yaml', text(...some)]),
    ).toBe(`there is no CustomResourceDefinition/remedies.remedy.karmada.io, which Karmada v1.18.2 has
  at the file crds.tar.gz
  fix: give the \`crds\` of the release as it is
there is no CustomResourceDefinition/works.work.karmada.io, which Karmada v1.18.2 has
  at the file crds.tar.gz
  fix: give the \`crds\` of the release as it is`);
  });

  test('that has one twice', () => {
    expect(message(['a.yaml', text(...expected())], ['b.yaml', text(named('works.'))])).toBe(
      `CustomResourceDefinition/works.work.karmada.io is in a.yaml and b.yaml
  at the file crds.tar.gz
  fix: give the \`crds\` of the release as it is`,
    );
  });

  test('of an older release, by what it lacks', () => {
    const fields = (kind: string, ...path: string[]) =>
      `CustomResourceDefinition/${kind} is not that of Karmada v1.18.2: it lacks ${path.join(', ')}`;
    const clusterAffinities = 'spec.placement.clusterAffinities[].overflowAffinities';
    expect(message(['a.yaml', text(...expected('v1.17.5'))]).match(/^\S.*/gm)).toEqual([
      fields('clusterpropagationpolicies.policy.karmada.io', `v1alpha1 ${clusterAffinities}`),
      fields('propagationpolicies.policy.karmada.io', `v1alpha1 ${clusterAffinities}`),
      fields('clusterresourcebindings.work.karmada.io', `v1alpha2 ${clusterAffinities}`),
      fields('resourcebindings.work.karmada.io', `v1alpha2 ${clusterAffinities}`),
    ]);
  });

  test.each([
    ['another scope', { scope: 'Cluster' }, 'scope Namespaced'],
    ['no versions', { versions: undefined }, 'v1alpha1'],
    ['another kind', { names: { kind: 'Werk', plural: 'works' } }, 'kind Work'],
    ['versions that are none', { versions: [null] }, 'v1alpha1'],
  ])('with %s', (_, spec, lacking) => {
    const odd = { ...named('works.'), spec: { ...named('works.').spec, ...spec } };
    expect(message(['a.yaml', text(...without('works.work.karmada.io'), odd)])).toContain(
      `CustomResourceDefinition/works.work.karmada.io is not that of Karmada v1.18.2: it lacks ${lacking}`,
    );
  });

  test('that is no YAML, with the place', () => {
    expect(message(['a.yaml', 'a: [']).match(/^ {2}at .*/gm)).toEqual(['  at a.yaml:2:1 of the file crds.tar.gz']);
  });
});

test('fields that a newer one has are said', () => {
  const { notes } = chosen([['a.yaml', text(...expected())]], 'v1.17.5');
  expect(notes).toContain(
    'CustomResourceDefinition/propagationpolicies.policy.karmada.io of that source has more than is known: v1alpha1 spec.placement.clusterAffinities[].overflowAffinities',
  );
});

const upstream = shared('karmada/v1.18.2/crds');
(upstream ? test : test.skip)('those of Karmada v1.18.2 have all that ours have, and no more', () => {
  const files = readdirSync(upstream as string, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  expect(files.length).toBeGreaterThan(20);
  const texts = files.map((path) => [`crds/${path}`, readFileSync(join(upstream as string, path), 'utf8')] as const);
  const { manifests, notes } = chosen(texts);
  expect(notes).toEqual([]);
  expect(manifests.size).toBe(19);
});
