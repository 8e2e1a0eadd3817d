import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterSelector } from '../../src/core/cluster-selector';
import { Overrider } from '../../src/policy/overrider';
import { MulticloudSecret } from '../../src/workload/multicloud-secret';
import { SecretSource } from '../../src/workload/secret-source';
import { SecretValue } from '../../src/workload/secret-value';
import { aChart, bare, messageOf, objects } from '../core/fake-instance';

test('one that is on Karmada already: policies, and nothing else', () => {
  const chart = aChart({ namespace: 'shop' });
  const secret = new MulticloudSecret(chart, 'database', { source: SecretSource.existing() });
  secret.overrideOn(ClusterSelector.names('berlin'), Overrider.label('a', 'b'));

  expect(objects(chart).map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace])).toStrictEqual([
    ['PropagationPolicy', 'database-secret', 'shop'],
    ['OverridePolicy', 'database-secret', 'shop'],
  ]);
  expect(bare(chart, 'PropagationPolicy')[0].spec).toMatchObject({
    dependentOverrides: ['database-secret'],
    resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret', name: 'database', namespace: 'shop' }],
  });
});

test('an object that stands for it', () => {
  const chart = aChart();
  const external = new ApiObject(chart, 'External', {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'database' },
  });
  new MulticloudSecret(chart, 'database', { source: SecretSource.object(external) });
  expect(bare(chart, 'Secret')).toStrictEqual([]);
  expect(bare(chart, 'PropagationPolicy')).toMatchObject([
    {
      metadata: { name: 'database-externalsecret', namespace: 'default' },
      spec: { resourceSelectors: [{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'database' }] },
    },
  ]);
});

test('values that are read when it is applied: the output says where they are, and holds none', () => {
  const chart = aChart();
  new MulticloudSecret(chart, 'database', {
    source: SecretSource.values({
      password: SecretValue.fromEnvironment('DATABASE_PASSWORD'),
      key: SecretValue.fromFile('/run/key'),
    }),
    type: 'example/database',
    description: 'for the shop',
    deletionProtection: true,
  });
  expect(objects(chart)[0]).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      annotations: {
        'cdk8s-karmada.io/path': 'shop/database/Resource',
        'cdk8s-karmada.io/secret-values': '{"password":{"environment":"DATABASE_PASSWORD"},"key":{"file":"/run/key"}}',
        'cdk8s-karmada.io/wave': '7',
        'kairship.io/describe': 'for the shop',
      },
      labels: { 'resourcetemplate.karmada.io/deletion-protected': 'Always' },
      name: 'database',
      namespace: 'default',
    },
    type: 'example/database',
  });
});

test('all that is wrong is said', () => {
  const chart = aChart();
  const values = SecretSource.values({ 'a b': SecretValue.fromEnvironment('') });
  expect(messageOf(() => new MulticloudSecret(chart, 'A B', { source: values }))).toBe(
    `"a b" cannot be the name of a Secret
  at shop/A B
  fix: give a \`name\` of at most 253 characters: lower case letters, digits and -, beginning and ending with a letter or a digit, in parts with . between them
"a b" cannot be a key of a Secret
  at shop/A B
  fix: use at most 253 letters, digits, -, _ and ., and do not begin with ..
it is not said where the value of "a b" is
  at shop/A B
  fix: name the environment variable or the file`,
  );
  expect(messageOf(() => new MulticloudSecret(chart, 'none', { source: SecretSource.values({}) }))).toBe(
    'the Secret has no values\n  at shop/none\n  fix: give at least one in SecretSource.values',
  );
  const literal = new kplus.Secret(chart, 'Literal', { metadata: { name: 'key' }, stringData: { key: 'hunter2' } });
  expect(messageOf(() => new MulticloudSecret(chart, 'key', { source: SecretSource.object(literal) }))).toBe(
    `Secret key has values in \`stringData\`, and everybody who reads the output would read them
  at shop/key
  fix: make a MulticloudSecret, whose SecretSource says where the values are when they are applied`,
  );
});
