import { choosePlane, type Given, parsePlanesFile } from '../../../cli/apply/plane-choice';
import { messageOf } from './pki/sample-plan';

function given(change: Partial<Given> = {}): Given {
  return {
    instance: 'east',
    instances: ['east'],
    flags: {},
    environment: {},
    homeFolder: '/home/ada',
    workingFolder: '/srv/fleet',
    ...change,
  };
}

const file = parsePlanesFile(
  `planes:
  east:
    host: { kubeconfig: clusters/host.yaml, context: prod }
    karmada: { kubeconfig: ~/karmada.yaml }
  west:
    host: { context: west-host }
`,
  '/srv/fleet/cdk8s-karmada.yaml',
);

test('flags come first, and their paths are relative to the working folder', () => {
  const flags = { hostContext: 'a', karmadaContext: 'b', karmadaKubeconfig: 'k.yaml' };
  expect(choosePlane('host', given({ flags, file }))).toEqual({
    files: ['/home/ada/.kube/config'],
    context: 'a',
    optional: true,
    by: '--host-context',
  });
  expect(choosePlane('karmada', given({ flags, file }))).toEqual({
    files: ['/srv/fleet/k.yaml'],
    context: 'b',
    optional: false,
    by: '--karmada-context',
  });
  expect(choosePlane('host', given({ flags: { hostKubeconfig: '/h' } }))).toEqual({
    files: ['/h'],
    context: undefined,
    optional: false,
    by: '--host-kubeconfig',
  });
});

test('then the file, whose paths are relative to it', () => {
  expect(choosePlane('host', given({ file }))).toEqual({
    files: ['/srv/fleet/clusters/host.yaml'],
    context: 'prod',
    optional: false,
    by: 'planes.east.host of /srv/fleet/cdk8s-karmada.yaml',
  });
  expect(choosePlane('karmada', given({ file }))).toEqual({
    files: ['/home/ada/karmada.yaml'],
    context: undefined,
    optional: false,
    by: 'planes.east.karmada of /srv/fleet/cdk8s-karmada.yaml',
  });
});

test('else the default kubeconfig for the host, and the admin Secret for Karmada', () => {
  expect(choosePlane('host', given({ environment: { KUBECONFIG: 'a:/b::' } }))).toEqual({
    files: ['/srv/fleet/a', '/b'],
    context: undefined,
    optional: true,
    by: 'the default kubeconfig',
  });
  expect(choosePlane('karmada', given())).toBe('admin-secret');
  expect(choosePlane('karmada', given({ instance: 'west', instances: ['east', 'west'], file }))).toBe('admin-secret');
});

test('with several instances nothing is guessed', async () => {
  const several = given({ instances: ['west', 'east'] });
  const expected = (plane: string) =>
    [
      `the input has 2 instances (east, west), and nothing says where the ${plane} of "east" is`,
      `  fix: say it in cdk8s-karmada.yaml next to cdk8s.yaml, under planes.east.${plane.toLowerCase()}: {kubeconfig, context}; or choose one instance with --instance, and its servers with --host-context and --karmada-context`,
    ].join('\n');
  expect(await messageOf(() => choosePlane('host', several))).toBe(expected('host'));
  expect(await messageOf(() => choosePlane('karmada', several))).toBe(expected('Karmada'));
  expect(choosePlane('host', { ...several, flags: { hostContext: 'a' } })).toMatchObject({ context: 'a' });
});

test('an instance that the file does not know', async () => {
  expect(await messageOf(() => choosePlane('host', given({ instance: 'north', file })))).toBe(
    [
      'instance "north" is not in planes (it has east, west)',
      '  at /srv/fleet/cdk8s-karmada.yaml',
      '  fix: add planes.north, or use --host-context and --karmada-context',
    ].join('\n'),
  );
});

const FIX =
  '  fix: write it as planes.<instance>.host and planes.<instance>.karmada, each with kubeconfig, context or both';

test('everything that is wrong in the file is told at once', async () => {
  const text = `
plane: {}
planes:
  east:
    hosts: {}
    host: { contxt: a }
    karmada: { context: 7 }
  west: prod
`;
  expect(await messageOf(() => parsePlanesFile(text, 'cdk8s-karmada.yaml'))).toBe(
    [
      'the file has "plane" (known: planes)',
      'planes.east has "hosts" (known: host, karmada)',
      'planes.east.host has "contxt" (known: kubeconfig, context)',
      'planes.east.karmada.context is 7, no text',
      'planes.west is "prod", no mapping',
    ]
      .map((what) => [what, '  at cdk8s-karmada.yaml', FIX].join('\n'))
      .join('\n'),
  );
});

test('a file that is not YAML, and one that is empty', async () => {
  expect(await messageOf(() => parsePlanesFile('planes: [', 'cdk8s-karmada.yaml'))).toBe(
    [
      'this is not YAML: unexpected end of the stream within a flow collection',
      '  at cdk8s-karmada.yaml:2:1',
      FIX,
    ].join('\n'),
  );
  expect(parsePlanesFile('', 'x').planes).toEqual({});
});
