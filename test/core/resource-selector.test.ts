import { ApiObject } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus34 from 'cdk8s-plus-34';
import { Construct } from 'constructs';
import { ResourceLabel } from '../../src/core/resource-label';
import { ResourceSelector } from '../../src/core/resource-selector';
import { aChart, messageOf } from './fake-instance';

test('an object of the code, in its own namespace', () => {
  const object = new ApiObject(aChart({ namespace: 'shop' }), 'A', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
  });

  expect(ResourceSelector.of(object)._toKarmada('other')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: 'a',
  });
});

test.each([
  ['28', plus28],
  ['34', plus34],
])('the object behind a construct of cdk8s-plus-%s', (_, plus) => {
  const deployment = new plus.Deployment(aChart(), 'web', {
    metadata: { name: 'web' },
    containers: [{ image: 'a:1' }],
  });

  expect(ResourceSelector.of(deployment)._toKarmada()).toStrictEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'default',
    name: 'web',
  });
});

test('by name, by labels, all of a kind', () => {
  expect(ResourceSelector.named('v1', 'Secret', 'a')._toKarmada('shop')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'shop',
    name: 'a',
  });
  expect(ResourceSelector.labelled('v1', 'Secret', { team: 'shop' })._toKarmada('shop')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'shop',
    labelSelector: { matchLabels: { team: 'shop' } },
  });
  expect(ResourceSelector.everything('v1', 'Secret')._toKarmada('shop')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'shop',
  });
});

test('by conditions on labels', () => {
  const selector = ResourceSelector.matching(
    'v1',
    'Secret',
    ResourceLabel.isIn('tier', 'edge', 'core'),
    ResourceLabel.isNotIn('team', 'shop'),
    ResourceLabel.exists('app'),
    ResourceLabel.doesNotExist('lab'),
  );

  expect(selector._toKarmada('shop')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'shop',
    labelSelector: {
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['edge', 'core'] },
        { key: 'team', operator: 'NotIn', values: ['shop'] },
        { key: 'app', operator: 'Exists' },
        { key: 'lab', operator: 'DoesNotExist' },
      ],
    },
  });
});

test('of every namespace, or of one, where the policy has none', () => {
  const everywhere = ResourceSelector.named('v1', 'Secret', 'a');

  expect(everywhere._toKarmada()).toStrictEqual({ apiVersion: 'v1', kind: 'Secret', name: 'a' });
  expect(everywhere.inNamespace('shop')._toKarmada()).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'shop',
    name: 'a',
  });
});

test('a cluster-scoped object is in no namespace, whatever cdk8s says', () => {
  const object = new ApiObject(aChart(), 'A', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });

  expect(object.metadata.namespace).toBe('default');
  expect(ResourceSelector.of(object)._toKarmada('shop')).toStrictEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: 'a',
  });
});

describe('fails when', () => {
  test('there is no one object behind a construct', () => {
    expect(messageOf(() => ResourceSelector.of(new Construct(aChart(), 'group')))).toBe(
      [
        'there is no one Kubernetes object behind this construct',
        '  at shop/group',
        '  fix: give the object itself, or a construct whose default child it is',
      ].join('\n'),
    );
  });

  test('something is empty', () => {
    expect(messageOf(() => ResourceSelector.everything('', 'Secret'))).toBe(
      'a selector needs API version and kind, got "" and "Secret"\n  fix: give both, such as \'apps/v1\' and \'Deployment\'',
    );
    expect(messageOf(() => ResourceSelector.named('v1', 'Secret', ''))).toBe(
      'the name of the selected Secret is empty\n  fix: give a name, or use ResourceSelector.everything',
    );
    expect(messageOf(() => ResourceSelector.labelled('v1', 'Secret', {}))).toBe(
      'no labels are given to select by Secret\n  fix: give one or more, or use ResourceSelector.everything',
    );
    expect(messageOf(() => ResourceSelector.matching('v1', 'Secret'))).toBe(
      'no labels are given to select by Secret\n  fix: give one ResourceLabel or more, or use ResourceSelector.everything',
    );
    expect(messageOf(() => ResourceLabel.isIn('tier'))).toBe(
      [
        'no values are given for the label "tier"',
        '  fix: give one value or more; to ask only whether the label is there, use ResourceLabel.exists or doesNotExist',
      ].join('\n'),
    );
  });

  test('no object could have the labels, with all reasons', () => {
    const expected = [
      '"a b" cannot be the key of a label',
      '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit, with an optional domain and / in front',
      '"-" cannot be the value of the label "a b"',
      '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
    ].join('\n');

    expect(messageOf(() => ResourceSelector.labelled('v1', 'Secret', { 'a b': '-' }))).toBe(expected);
    expect(messageOf(() => ResourceLabel.isNotIn('a b', 'c', '-'))).toBe(expected);
  });

  test('a namespace cannot be, or the object has its own', () => {
    const object = new ApiObject(aChart(), 'A', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });

    expect(messageOf(() => ResourceSelector.of(object).inNamespace('Shop'))).toBe(
      [
        '"Shop" cannot be the name of a namespace',
        '  fix: use at most 63 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
        'the selector is for the object a, which has a namespace of its own',
        '  at shop/A',
        '  fix: leave `inNamespace` out',
      ].join('\n'),
    );
    expect(messageOf(() => ResourceSelector.everything('v1', 'Namespace').inNamespace('shop'))).toBe(
      'Namespace is cluster-scoped, so it is in no namespace\n  fix: leave `inNamespace` out',
    );
  });
});
