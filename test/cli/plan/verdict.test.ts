import { conflictsOf } from '../../../cli/plan/answer';
import { PART_OF } from '../../../cli/plan/chart-input';
import { provenUnchanged } from '../../../cli/plan/owned-fields';
import { type Verdict, verdictFromDryRun, verdictFromLive } from '../../../cli/plan/verdict';
import { inputOf } from '../apply/engine-input';

const MEMBERSHIP = { id: 'set-a', siblings: new Set(['set-a', 'set-b']) };

const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    replicas: 2,
    template: {
      spec: { containers: [{ name: 'main', image: 'a:1', ports: [{ containerPort: 80 }], command: ['x', 'y'] }] },
    },
  },
};

const fields = () => ({
  'f:metadata': { 'f:labels': { 'f:app': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:template': {
      'f:spec': {
        'f:containers': {
          'k:{"name":"main"}': {
            '.': {},
            'f:name': {},
            'f:image': {},
            'f:command': {},
            'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
          },
        },
      },
    },
  },
});

/** As the API server would have it after our apply: with its defaults, a status, and who owns what. */
function live(change: (object: any) => void = () => undefined): any {
  const object: any = structuredClone(manifest);
  object.metadata = {
    ...object.metadata,
    uid: 'u1',
    resourceVersion: '7',
    labels: { app: 'web', [PART_OF]: 'set-a' },
    managedFields: [
      { manager: 'cdk8s-karmada', operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: fields() },
      {
        manager: 'cdk8s-karmada-applyset',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        fieldsV1: { 'f:metadata': { 'f:labels': { [`f:${PART_OF}`]: {} } } },
      },
    ],
  };
  const [container] = object.spec.template.spec.containers;
  container.imagePullPolicy = 'IfNotPresent';
  container.ports[0].protocol = 'TCP';
  object.status = { replicas: 2 };
  change(object);
  return object;
}

const object = (of: any = manifest) =>
  inputOf([{ plane: 'karmada', path: 'app/shop', objects: [of] }]).charts[0].objects[1];
const short = (verdict: Verdict | undefined) =>
  verdict && [
    verdict.action,
    ...verdict.changes,
    ...verdict.conflicts,
    ...(verdict.refusal ? [verdict.refusal] : []),
    ...verdict.notes,
  ];

describe('proven to be as wanted, without asking the server', () => {
  const proven = (change?: (object: any) => void, wanted: any = manifest) =>
    provenUnchanged(wanted, live(change), 'cdk8s-karmada');

  test.each<[string, boolean, ((object: any) => void)?, any?]>([
    ['what the server adds does not matter', true],
    ['a value that somebody changed', false, (at) => (at.spec.replicas = 3)],
    ['an item of a list that is replaced as a whole', false, (at) => at.spec.template.spec.containers[0].command.pop()],
    ['a field that is new in the code', false, undefined, { ...manifest, spec: { ...manifest.spec, paused: false } }],
    ['a field that left the code', false, undefined, { ...manifest, metadata: { name: 'web', namespace: 'shop' } }],
    [
      'a field that somebody else took over',
      false,
      (at) => delete at.metadata.managedFields[0].fieldsV1['f:spec']['f:replicas'],
    ],
    ['an object that nobody applied with our name', false, (at) => at.metadata.managedFields.shift()],
    ['another version of its API', false, (at) => (at.metadata.managedFields[0].apiVersion = 'apps/v1beta1')],
    ['an object that is going away', false, (at) => (at.metadata.deletionTimestamp = '2026-01-01T00:00:00Z')],
    ['a null, which a server may drop', false, undefined, { ...manifest, spec: { ...manifest.spec, replicas: null } }],
  ])('%s: %s', (_what, expected, ...[change, wanted]) => {
    expect(proven(change, wanted)).toBe(expected);
  });

  test('two ports that the same recorded key could mean are in doubt', () => {
    const wanted = structuredClone(manifest);
    wanted.spec.template.spec.containers[0].ports.push({ containerPort: 80 });
    expect(proven(undefined, wanted)).toBe(false);
  });

  test('named items in another order are in doubt', () => {
    const env = (...names: string[]) => ({
      apiVersion: 'v1',
      kind: 'Thing',
      metadata: { name: 'x' },
      env: names.map((name) => ({ name })),
    });
    const owned = {
      'f:env': Object.fromEntries(['a', 'b'].map((name) => [`k:{"name":"${name}"}`, { '.': {}, 'f:name': {} }])),
    };
    const managedFields = [{ manager: 'm', operation: 'Apply', apiVersion: 'v1', fieldsV1: owned }];
    const there = (...names: string[]) => ({ ...env(...names), metadata: { name: 'x', managedFields } });
    expect(provenUnchanged(env('a', 'b'), there('a', 'b'), 'm')).toBe(true);
    expect(provenUnchanged(env('a', 'b'), there('b', 'a'), 'm')).toBe(false);
  });
});

describe('from the live object alone', () => {
  test.each<[string, any, any]>([
    ['nothing there: ask', undefined, undefined],
    ['as wanted', live(), ['unchanged']],
    ['changed: ask', live((at) => (at.spec.replicas = 3)), undefined],
    ['in another chart of the input: it moves', live((at) => (at.metadata.labels[PART_OF] = 'set-b')), undefined],
    [
      "in somebody else's set",
      live((at) => {
        at.metadata.labels[PART_OF] = 'set-z';
        at.metadata.managedFields[1].manager = 'kubectl-applyset';
      }),
      ['conflict', { path: `metadata.labels["${PART_OF}"]`, manager: 'kubectl-applyset (set set-z)' }],
    ],
    [
      'going away',
      live((at) => (at.metadata.deletionTimestamp = '2026-01-01T00:00:00Z')),
      ['create', 'is being deleted now; it is made anew when it is gone'],
    ],
  ])('%s', (_what, there, expected) => {
    expect(short(verdictFromLive(object(), there, MEMBERSHIP))).toEqual(expected);
  });
});

describe('from the dry-run', () => {
  const told = (there: any, answer: any, of: any = manifest) =>
    short(verdictFromDryRun(object(of), there, { status: 200, ...answer }, MEMBERSHIP));

  test('the fields that change, by name where items have names', () => {
    const body = live((at) => {
      at.spec.replicas = 5;
      at.metadata.resourceVersion = '8';
      at.spec.template.spec.containers[0].image = 'a:2';
      at.spec.template.spec.containers.push({ name: 'side' });
      delete at.spec.template.spec.containers[0].command;
    });
    expect(told(live(), { body })).toEqual([
      'update',
      { path: 'spec.replicas', kind: 'change', from: 2, to: 5 },
      { path: 'spec.template.spec.containers[name=main].command', kind: 'remove', from: ['x', 'y'] },
      { path: 'spec.template.spec.containers[name=main].image', kind: 'change', from: 'a:1', to: 'a:2' },
      { path: 'spec.template.spec.containers[name=side]', kind: 'add', to: { name: 'side' } },
    ]);
  });

  test('the server makes the same of it: unchanged', () => {
    expect(told(live(), { body: live((at) => (at.metadata.resourceVersion = '8')) })).toEqual(['unchanged']);
  });

  test('a Secret shows which keys change, never a value', () => {
    const secret = (data: any) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'shop', labels: { [PART_OF]: 'set-a' } },
      data,
    });
    const wanted = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    expect(told(secret({ a: 'b2xk', gone: 'eA==' }), { body: secret({ a: 'bmV3', more: 'eQ==' }) }, wanted)).toEqual([
      'update',
      { path: 'data.a', kind: 'change', masked: true },
      { path: 'data.gone', kind: 'remove', masked: true },
      { path: 'data.more', kind: 'add', masked: true },
    ]);
  });

  test('an object that others made joins the chart, and the plan says so', () => {
    const theirs = live((at) => {
      delete at.metadata.labels[PART_OF];
      at.metadata.managedFields = [{ manager: 'helm' }];
    });
    expect(told(theirs, { body: theirs })).toEqual([
      'update',
      { path: `metadata.labels["${PART_OF}"]`, kind: 'add', to: 'set-a' },
      'is there already (fields of helm) and joins the chart; nothing of it is removed',
    ]);
  });

  test('a conflict names the field and its owner', () => {
    const causes = [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "kubectl-scale" with subresource "scale" using apps/v1',
        field: '.spec.replicas',
      },
    ];
    const body = { reason: 'Conflict', message: 'Apply failed with 1 conflict', details: { causes } };
    expect(told(live(), { status: 409, body })).toEqual([
      'conflict',
      { path: 'spec.replicas', manager: 'kubectl-scale' },
    ]);
    expect(conflictsOf(undefined)).toEqual([]);
  });

  test.each<[string, number, any, any]>([
    [
      'an error of the user that comes as 500',
      500,
      {
        message:
          'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema',
      },
      {
        reason: 'invalid',
        message:
          'the server answered 500: failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema',
      },
    ],
    [
      'no right to do it',
      403,
      {
        reason: 'Forbidden',
        message: 'deployments.apps "web" is forbidden: User "ci" cannot patch resource "deployments"',
      },
      {
        reason: 'forbidden',
        message:
          'the server answered 403: deployments.apps "web" is forbidden: User "ci" cannot patch resource "deployments"',
      },
    ],
    [
      'a webhook that says no, with control characters',
      403,
      { message: 'admission webhook "x" denied the request: \u001b[31mno\nway' },
      { reason: 'invalid', message: 'the server answered 403: admission webhook "x" denied the request:  [31mno way' },
    ],
  ])('%s is a refusal', (_what, status, body, refusal) => {
    expect(told(undefined, { status, body })).toEqual(['refused', refusal]);
  });

  test('a webhook that does not answer is no refusal: apply will ask again', () => {
    const body = { reason: 'InternalError', message: 'Internal error occurred: failed calling webhook "x"' };
    const note = 'not checked: the server answered 500: Internal error occurred: failed calling webhook "x"';
    expect(told(undefined, { status: 500, body })).toEqual(['create', note]);
    expect(told(live(), { status: 500, body })).toEqual(['update', note]);
  });

  test("the server's words about a Secret are not shown", () => {
    const wanted = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } };
    const body = {
      reason: 'Invalid',
      message: 'got 43219876',
      details: { causes: [{ field: 'data[pin]', message: '43219876' }] },
    };
    expect(told(undefined, { status: 422, body }, wanted)).toEqual([
      'refused',
      {
        reason: 'invalid',
        message:
          "the server answered 422 Invalid about data[pin]; its words can hold the Secret's values and are not shown",
      },
    ]);
  });
});
