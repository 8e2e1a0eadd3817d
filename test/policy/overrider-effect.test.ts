import { Overrider } from '../../src/policy/overrider';

import { PODS, rendered, stored, TEMPLATES } from './rendered';

type Name = keyof typeof TEMPLATES;
type Edit = (parts: { object: any; template: any; web: any; proxy: any; init: any }) => void;

const web = { container: 'web' };
const proxy = { container: 'proxy' };
const init = { container: 'init' };

/** The template as it is stored, after what the user meant. */
function edited(name: Name, edit: Edit): any {
  const object = stored(TEMPLATES[name]);
  const template = (PODS[name] ?? ['spec', 'template']).reduce((value, key) => value?.[key], object);
  const { containers = [], initContainers = [] } = template?.spec ?? {};
  edit({ object, template, web: containers[0], proxy: containers[1], init: initContainers[0] });
  return object;
}

describe.each(Object.keys(PODS) as Name[])('%s', (name) => {
  const cases: [string, Overrider[], Edit][] = [
    [
      'registry of every container',
      [Overrider.image({ registry: 'm.example' })],
      (it) => {
        it.web.image = 'm.example/shop/web:1';
        it.proxy.image = 'm.example/proxy:1';
      },
    ],
    [
      'registry of init containers too',
      [Overrider.image({ registry: 'm.example', includeInitContainers: true })],
      (it) => {
        it.web.image = 'm.example/shop/web:1';
        it.proxy.image = 'm.example/proxy:1';
        it.init.image = 'm.example/init:1';
      },
    ],
    [
      'image of one container',
      [Overrider.image({ ...proxy, repository: 'p/x', tag: '2' })],
      (it) => {
        it.proxy.image = 'registry.example/p/x:2';
      },
    ],
    [
      'image of an init container',
      [Overrider.image({ ...init, tag: '2' })],
      (it) => {
        it.init.image = 'registry.example/init:2';
      },
    ],
    [
      'variables',
      [
        Overrider.env('LEVEL', 'high', web),
        Overrider.env('NEW', '1', web),
        Overrider.env('NEW', '2', web),
        Overrider.removeEnv('REGION', web),
        Overrider.env('LEVEL', 'low', web),
      ],
      (it) => {
        it.web.env = [
          { name: 'LEVEL', value: 'low' },
          { name: 'NEW', value: '2' },
        ];
      },
    ],
    [
      'variables of a container without any, and of an init container',
      [Overrider.env('A', '1', proxy), Overrider.env('B', '2', proxy), Overrider.env('C', '3', init)],
      (it) => {
        it.proxy.env = [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ];
        it.init.env = [{ name: 'C', value: '3' }];
      },
    ],
    [
      'arguments',
      [
        Overrider.appendArgs(['--c', '--d'], web),
        Overrider.removeArgs(['--a', '--d'], web),
        Overrider.appendArgs(['--e'], proxy),
        Overrider.appendArgs(['two'], init),
        Overrider.removeArgs(['one'], init),
      ],
      (it) => {
        it.web.args = ['--b', '--c'];
        it.proxy.args = ['--e'];
        it.init.args = ['two'];
      },
    ],
    [
      'commands',
      [
        Overrider.removeCommand(['it'], web),
        Overrider.appendCommand(['now'], web),
        Overrider.command(['sh', '-c'], proxy),
        Overrider.appendCommand(['true'], proxy),
        Overrider.command(['x'], init),
      ],
      (it) => {
        it.web.command = ['run', 'now'];
        it.proxy.command = ['sh', '-c', 'true'];
        it.init.command = ['x'];
      },
    ],
    [
      'arguments set whole, after and before more',
      [
        Overrider.appendArgs(['lost'], web),
        Overrider.args(['--only'], web),
        Overrider.appendArgs(['--more'], web),
        Overrider.removeArgs(['--only'], web),
        Overrider.args([], init),
      ],
      (it) => {
        it.web.args = ['--more'];
        it.init.args = [];
      },
    ],
    [
      'resources',
      [
        Overrider.resources({ ...web, requests: { cpu: '2' }, limits: { cpu: '4', 'example.com/gpu': '1' } }),
        Overrider.resources({ ...proxy, limits: { memory: '1Gi' } }),
        Overrider.resources({ ...proxy, requests: { memory: '512Mi' } }),
      ],
      (it) => {
        it.web.resources = {
          requests: { cpu: '2' },
          limits: { cpu: '4', memory: '1Gi', 'example.com/gpu': '1' },
        };
        it.proxy.resources = { limits: { memory: '1Gi' }, requests: { memory: '512Mi' } };
      },
    ],
    [
      'labels and annotations of the object',
      [
        Overrider.label('new', '1'),
        Overrider.removeLabel('tier'),
        Overrider.label('tier', 'core'),
        Overrider.annotation('x.example/y', 'any text'),
        Overrider.removeAnnotation('note'),
        Overrider.removeAnnotation('x.example/y'),
        Overrider.annotation('z', 'a'),
      ],
      (it) => {
        it.object.metadata.labels = { new: '1', tier: 'core' };
        it.object.metadata.annotations = { z: 'a' };
      },
    ],
  ];

  test.each(cases)('%s', (_, overriders, edit) => {
    expect(rendered(TEMPLATES[name], ...overriders)).toEqual(edited(name, edit));
  });

  test('labels and annotations of pods', () => {
    const what = rendered(
      TEMPLATES[name],
      Overrider.podLabel('x.example/y-z', '1'.repeat(3)),
      Overrider.removePodLabel('tier'),
      Overrider.podAnnotation('x.example/y', 'any text'),
      Overrider.podAnnotation('x.example/y', 'other'),
      ...(name === 'pod' ? [] : [Overrider.podAnnotation('k', 'v')]),
    );
    expect(what).toEqual(
      edited(name, ({ template }) => {
        delete template.metadata.labels.tier;
        template.metadata.labels['x.example/y-z'] = '111';
        template.metadata.annotations['x.example/y'] = 'other';
        if (name !== 'pod') template.metadata.annotations.k = 'v';
      }),
    );
  });
});
