import type { Member } from '../../../../cli/plan/apply-set';
import {
  byName,
  hostedInstance,
  instanceNamed,
  isInstalled,
  isInstanceRecord,
  newestFirst,
} from '../../../../cli/plan/instance/hosted-instance';
import { InstanceDeletion } from '../../../../src/instance/instance-deletion';
import { messageOf } from '../../../core/fake-instance';
import { anInstance, find } from '../../../instance/an-instance';

/** The record that the library synthesizes, as the host has it. */
function recordOf(name: string, created: string, props: any = {}, annotations: any = {}): any {
  const { host } = anInstance({ instanceName: name, namespace: `ns-${name}`, ...props });
  const record = find(host, 'ConfigMap', `${name}-east-host`);
  return {
    ...record,
    metadata: {
      ...record.metadata,
      annotations: { ...record.metadata.annotations, ...annotations },
      creationTimestamp: created,
    },
    data: { inventory: 'packed' },
  };
}

const member = (kind: string, name: string): Member => ({
  apiVersion: kind === 'Namespace' ? 'v1' : 'apps/v1',
  kind,
  namespace: kind === 'Namespace' ? '' : 'ns-east',
  name,
  path: 'east',
  wave: 0,
});

test('the record of an instance says what it is, without the list of its objects', () => {
  const record = recordOf('east', '2026-01-02T00:00:00Z', { alias: 'Ost', deletion: InstanceDeletion.RETAIN_KARMADA });
  const { parent, ...rest } = hostedInstance(record, { members: [], pkiPlan: { kind: 'ConfigMap' } });
  expect(rest).toEqual({
    instanceName: 'east',
    alias: 'Ost',
    version: 'v1.18.2',
    namespace: 'ns-east',
    virtualClusterName: 'k-east',
    deletion: 'retain',
    created: '2026-01-02T00:00:00Z',
    chart: 'east',
    record: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ns-east', name: 'east-east-host' },
    members: [],
    pkiPlan: { kind: 'ConfigMap' },
  });
  expect(parent.data).toBeUndefined();
  expect(hostedInstance(recordOf('west', '2026-01-02T00:00:00Z'))).toMatchObject({ deletion: 'release' });
  const since = { 'cdk8s-karmada.io/retained': '2026-02-01T00:00:00Z' };
  expect(hostedInstance(recordOf('west', '', {}, since)).retained).toBe('2026-02-01T00:00:00Z');
});

test('records of other charts, and of other tools, are no instances', () => {
  const { karmada } = anInstance();
  const ofKarmada = karmada.find(({ metadata }) => metadata.labels?.['applyset.kubernetes.io/id']);
  expect(isInstanceRecord(recordOf('east', ''))).toBe(true);
  expect(isInstanceRecord(ofKarmada)).toBe(false);
  expect(isInstanceRecord({ metadata: { labels: { 'applyset.kubernetes.io/id': 'applyset-x-v1' } } })).toBe(false);
});

test('what is left of a control plane is not one', () => {
  const record = recordOf('east', '');
  expect(isInstalled(hostedInstance(record, { members: [member('StatefulSet', 'etcd')] }))).toBe(true);
  expect(isInstalled(hostedInstance(record, { members: [member('Namespace', 'ns-east')] }))).toBe(false);
  expect(isInstalled(hostedInstance(record))).toBe(true);
});

test('the newest comes first; of one moment, and by name, the letters decide', () => {
  const [a, b, c] = [
    recordOf('a', '2026-01-01T00:00:00Z'),
    recordOf('b', '2026-03-01T00:00:00Z'),
    recordOf('c', '2026-01-01T00:00:00Z'),
  ].map((record) => hostedInstance(record));
  const names = (all: any[]) => all.map(({ instanceName }) => instanceName);
  expect(names(newestFirst([c, a, b]))).toEqual(['b', 'a', 'c']);
  expect(names(byName([c, b, a]))).toEqual(['a', 'b', 'c']);
});

test('one that is not there is refused with those that are', () => {
  const all = ['west', 'east'].map((name) => hostedInstance(recordOf(name, '')));
  expect(instanceNamed(all, 'east').namespace).toBe('ns-east');
  expect(messageOf(() => instanceNamed(all, 'north', 'context "prod"'))).toBe(
    [
      'the host has no instance "north"',
      '  at context "prod"',
      '  fix: name one that is there: "east", "west"; or give the right host with --host-context',
    ].join('\n'),
  );
  expect(messageOf(() => instanceNamed([], 'north'))).toBe(
    [
      'the host has no instance "north"',
      '  fix: the host has no instance: make one with `cdk8s-karmada apply`, or give the right host with --host-context',
    ].join('\n'),
  );
  const twice = [all[0], { ...all[0], namespace: 'other' }];
  expect(messageOf(() => instanceNamed(twice, 'west'))).toBe(
    [
      'the host has 2 instances "west", in the namespaces ns-west, other',
      '  fix: give one of them another name: servers and contexts are found by it',
    ].join('\n'),
  );
});
