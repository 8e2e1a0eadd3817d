import { Admission } from '../../src/admission/admission';

const RULE = { operations: ['InterpretReplica'], apiGroups: ['apps.example.com'], apiVersions: ['v1'], kinds: ['Web'] };
const SERVICE = { namespace: 'shop', name: 'interpreter' };
const WEBHOOK = {
  name: 'web.example.com',
  clientConfig: { url: 'https://interpreter.example.com' },
  rules: [RULE],
  interpreterContextVersions: ['v1alpha1'],
};

const configuration = (...webhooks: any[]) => ({
  apiVersion: 'config.karmada.io/v1alpha1',
  kind: 'ResourceInterpreterWebhookConfiguration',
  metadata: { name: 'web' },
  webhooks: webhooks.map((webhook) => ({ ...WEBHOOK, ...webhook })),
});
const rule = (value: any) => configuration({ rules: [{ ...RULE, ...value }] });
const url = (value: string) => configuration({ clientConfig: { url: value } });
const service = (value: any = {}) => configuration({ clientConfig: { service: { ...SERVICE, ...value } } });
const contexts = (...interpreterContextVersions: string[]) => configuration({ interpreterContextVersions });

/** What is taken; each was run through Karmada's own code. */
const ADMITTED: readonly (readonly [string, any])[] = [
  ['no webhook at all', configuration()],
  ['a name with a dot at its end', configuration({ name: 'web.example.com.' })],
  ['no rules', configuration({ rules: [] })],
  ['all of everything', rule({ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], kinds: ['*'] })],
  ['the group of core kinds', rule({ apiGroups: ['', 'apps'] })],
  ['a URL with a port and a path', url('https://interpreter.example.com:8443/a/b')],
  ['a scheme in capitals', url('HTTPS://interpreter')],
  ['an address', url('https://[::1]:443/')],
  ['a port without a host', url('https://:443')],
  ['an empty query and fragment', url('https://interpreter?#')],
  ['a service without a port', service()],
  ['a path of a service', service({ path: '/interpret/web.v1/', port: 8443 })],
  ['the root of a service', service({ path: '/' })],
  ['an empty path', service({ path: '' })],
  ['half a minute', configuration({ timeoutSeconds: 30 })],
  ['a version that Karmada does not speak, beside one that it does', contexts('v2', 'v1alpha1')],
];

test.each(ADMITTED)('%s', (_, manifest) => {
  expect(Admission.of().review(manifest)).toEqual({ admitted: true, stored: manifest, findings: [] });
});

/** What is refused, the field that is named, and what is said of it; each was run through Karmada's own code. */
const REFUSED: readonly (readonly [string, any, string, string])[] = [
  ['no name', configuration({ name: '' }), 'webhooks[0].name', 'name is required'],
  [
    'a name of one part',
    configuration({ name: 'web' }),
    'webhooks[0].name',
    'name must be a domain of two or more parts, such as web.example.com, got "web"',
  ],
  [
    'a name in capitals',
    configuration({ name: 'Web.example.com' }),
    'webhooks[0].name',
    'name must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part, got "Web.example.com"',
  ],
  [
    'a long part of a name',
    configuration({ name: `${'a'.repeat(64)}.com` }),
    'webhooks[0].name',
    `name must be at most 63 characters long, got "${'a'.repeat(64)}.com"`,
  ],
  ['one name twice', configuration({}, {}), 'webhooks[1].name', 'two webhooks are named "web.example.com"'],
  ['no operation', rule({ operations: [] }), 'webhooks[0].rules[0].operations', 'operations is required'],
  [
    'an operation that there is not',
    rule({ operations: ['Retain', 'Guess'] }),
    'webhooks[0].rules[0].operations[1]',
    'operations[1] must be "*", "AggregateStatus", "InterpretComponent", "InterpretDependency", "InterpretHealth", "InterpretReplica", "InterpretStatus", "Retain" or "ReviseReplica", got "Guess"',
  ],
  [
    'all operations and one',
    rule({ operations: ['*', 'Retain'] }),
    'webhooks[0].rules[0].operations',
    'operations holds "*", which stands for all, and others',
  ],
  ['no group', rule({ apiGroups: [] }), 'webhooks[0].rules[0].apiGroups', 'apiGroups is required'],
  [
    'all groups and one',
    rule({ apiGroups: ['apps', '*'] }),
    'webhooks[0].rules[0].apiGroups',
    'apiGroups holds "*", which stands for all, and others',
  ],
  [
    'an empty version',
    rule({ apiVersions: [''] }),
    'webhooks[0].rules[0].apiVersions[0]',
    'apiVersions[0] is required',
  ],
  ['an empty kind', rule({ kinds: ['Web', ''] }), 'webhooks[0].rules[0].kinds[1]', 'kinds[1] is required'],
  [
    'a timeout of 0',
    configuration({ timeoutSeconds: 0 }),
    'webhooks[0].timeoutSeconds',
    'timeoutSeconds must be 1 to 30 seconds, got 0',
  ],
  [
    'a timeout of 31 seconds',
    configuration({ timeoutSeconds: 31 }),
    'webhooks[0].timeoutSeconds',
    'timeoutSeconds must be 1 to 30 seconds, got 31',
  ],
  [
    'nowhere to ask',
    configuration({ clientConfig: {} }),
    'webhooks[0].clientConfig',
    'clientConfig is required: a url, or a service',
  ],
  [
    'two places to ask',
    configuration({ clientConfig: { url: 'https://a', service: SERVICE } }),
    'webhooks[0].clientConfig',
    'both url and service are given',
  ],
  ...[
    ['http', 'http://a', 'of the form https://host[/path]'],
    ['no host', 'https:///a', 'of the form https://host[/path]'],
    ['no URL', 'interpreter', 'of the form https://host[/path]'],
    ['a space in the host', 'https://a b', 'of the form https://host[/path]'],
    ['a word for a port', 'https://a:https', 'of the form https://host[/path]'],
    ['half an escape', 'https://a/%2', 'of the form https://host[/path]'],
    ['a user', 'https://me@a', 'https://host[/path], without a user'],
    ['a query', 'https://a?b=c', 'https://host[/path], without a query'],
    ['a fragment', 'https://a#b', 'https://host[/path], without a fragment'],
  ].map(([name, value, wanted]): [string, any, string, string] => [
    `a URL with ${name}`,
    url(value),
    'webhooks[0].clientConfig.url',
    `url must be ${wanted}, got ${JSON.stringify(value)}`,
  ]),
  ['a service without a name', service({ name: '' }), 'webhooks[0].clientConfig.service.name', 'name is required'],
  [
    'a service without a namespace',
    service({ namespace: '' }),
    'webhooks[0].clientConfig.service.namespace',
    'namespace is required',
  ],
  ['port 0', service({ port: 0 }), 'webhooks[0].clientConfig.service.port', 'port must be 1 to 65535, got 0'],
  ...['interpret', '//', '/a//b', '/a_b', '/A'].map((path): [string, any, string, string] => [
    `the path ${path}`,
    service({ path }),
    'webhooks[0].clientConfig.service.path',
    `path must be a path such as /interpret, each part a DNS name, got ${JSON.stringify(path)}`,
  ]),
  [
    'no version of requests',
    contexts(),
    'webhooks[0].interpreterContextVersions',
    'interpreterContextVersions is required: Karmada speaks v1alpha1',
  ],
  [
    'only a version that Karmada does not speak',
    contexts('v1'),
    'webhooks[0].interpreterContextVersions',
    'Karmada speaks v1alpha1, which interpreterContextVersions does not hold',
  ],
  [
    'one version twice',
    contexts('v1alpha1', 'v1alpha1'),
    'webhooks[0].interpreterContextVersions[1]',
    'the version "v1alpha1" is there twice',
  ],
  [
    'a version that begins with a digit',
    contexts('v1alpha1', '1'),
    'webhooks[0].interpreterContextVersions[1]',
    'interpreterContextVersions[1] must be lower case letters, digits and "-", with a letter first and a letter or digit last, got "1"',
  ],
];

test.each(REFUSED)('%s is refused', (_, manifest, path, message) => {
  const { admitted, stored, findings } = Admission.of().review(manifest);
  expect({ admitted, stored, said: findings.map((finding) => [finding.path, finding.message]) }).toEqual({
    admitted: false,
    stored: null,
    said: [[path, message]],
  });
});

test('everything that is wrong is said at once', () => {
  const { findings } = Admission.of().review(
    configuration({ name: 'web', timeoutSeconds: 0, rules: [{ ...RULE, kinds: [] }] }),
  );
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ['MC205', 'webhooks[0].name'],
    ['MC202', 'webhooks[0].rules[0].kinds'],
    ['MC204', 'webhooks[0].timeoutSeconds'],
  ]);
});
