import { Adviser } from '../../src/rules/adviser';
import { propagation } from './advice';

const JUNK = [
  null,
  'text',
  7,
  true,
  [],
  {},
  [null],
  ['x'],
  { containers: 7 },
  { template: { spec: { containers: ['x', null, {}] } } },
];
const KINDS = [
  ['v1', 'Pod'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
];

test.each(KINDS)('%s %s: nobody has checked it, so anything may be in it', (apiVersion, kind) => {
  const policy = propagation({ selectors: [{ apiVersion, kind }] });
  for (const junk of JUNK) {
    for (const object of [
      { apiVersion, kind, metadata: { name: 'a', namespace: 'shop' }, spec: junk, data: junk },
      { apiVersion, kind, metadata: { name: 'a', namespace: 'shop', labels: junk, annotations: junk }, spec: {} },
      { apiVersion, kind, metadata: junk },
      { apiVersion: junk, kind: junk },
      junk,
    ]) {
      expect(Array.isArray(new Adviser().advise([object, policy]))).toBe(true);
    }
  }
});
