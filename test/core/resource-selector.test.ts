import { ApiObject } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus34 from 'cdk8s-plus-34';
import { Construct } from 'constructs';
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

  test('the kind is cluster-scoped', () => {
    const object = new ApiObject(aChart(), 'A', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });

    expect(messageOf(() => ResourceSelector.of(object))).toBe(
      [
        'Namespace is cluster-scoped, and this policy reaches only objects of its own namespace',
        '  at shop/A',
        '  fix: write a ClusterPropagationPolicy or ClusterOverridePolicy for it, as an ApiObject',
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
  });
});
