import { hostCandidate, type SeenOfHost } from '../../../../cli/plan/instance/host-candidate';

const of = (seen: SeenOfHost) => hostCandidate({ context: 'prod', current: true }, seen);
const fast = { name: 'fast', isDefault: true };

test.each<[string, SeenOfHost, string]>([
  ['nothing is known of it', {}, 'it does not answer'],
  ['it says why not', { silent: 'connection refused' }, 'connection refused'],
  ['it is a Karmada', { version: 'v1.35.2', karmada: true }, 'it is the API server of a Karmada: no pod runs there'],
  ['it is too old', { version: 'v1.26.9', storageClasses: [fast] }, 'it is Kubernetes v1.26.9, older than v1.27'],
])('could not host: %s', (_, seen, why) => {
  expect(of(seen)).toEqual({ context: 'prod', current: true, ...seen, fits: false, why });
});

test.each<[string, SeenOfHost, string | undefined]>([
  ['with a default class', { version: 'v1.34.1+k3s1', storageClasses: [fast] }, undefined],
  [
    'with classes, none of them the default',
    { version: 'v1.34.1', storageClasses: [{ ...fast, isDefault: false }] },
    'no StorageClass is the default: name one for etcd',
  ],
  [
    'without any',
    { version: 'v1.34.1', storageClasses: [] },
    'it has no StorageClass: etcd needs one, or a folder of a node',
  ],
  ['unread', { version: 'v1.34.1' }, 'its StorageClasses cannot be read with these credentials'],
  ['of a version that nobody can read', { version: 'dev', storageClasses: [fast] }, undefined],
])('could host: %s', (_, seen, mind) => {
  expect(of(seen)).toMatchObject({ fits: true });
  expect(of(seen).mind).toBe(mind);
});
