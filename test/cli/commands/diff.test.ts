import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployment, fleet, override, policy } from './manifests';
import { cdk8sKarmada } from './terminal';

const DIFF = 'diff old new --fleet fleet.yaml';
const FLEET = fleet('member1', 'member2', 'member3');

function run(before: object, after: object, commandLine = DIFF, files: { readonly [path: string]: object } = {}) {
  return cdk8sKarmada(commandLine, {
    files: { 'old/shop.json': before, 'new/shop.json': after, 'fleet.yaml': FLEET, ...files },
  });
}

const BEFORE = [
  deployment('web', 9),
  policy('web', { member1: 1, member2: 2 }),
  deployment('old', 2),
  policy('old', { member1: 1 }),
];
const AFTER = [
  deployment('web', 9),
  policy('web', { member1: 1, member3: 2 }),
  override('web', 'member1', 'mirror'),
  deployment('fresh', 2),
  policy('fresh', { member2: 1 }),
];

test('what moves, what changes where it is, what is new and what goes', async () => {
  expect(await run(BEFORE, AFTER)).toEqual({
    code: 0,
    stdout: `Other people's policies on the same Karmada are assumed not to exist (--existing names them).
old → new
6 of 11 replicas move (55%), 2 start, 2 stop
3 resources: 1 moves, 1 is new, 1 goes
something changes on 3 clusters (images on 1), nothing on 0

Moves
  RESOURCE             WHERE          BECAUSE
  Deployment/shop/web  member2 6 → -  PropagationPolicy/shop/web changed
                       member3 - → 6

Changes where it is
  RESOURCE             ON       WHAT
  Deployment/shop/web  member1  image of web: nginx:1 → mirror/nginx:1
                                metadata.labels.tier: + "gold"

New
  RESOURCE               REPLICAS  CLUSTERS
  Deployment/shop/fresh  2         member2 2

Goes
  RESOURCE             REPLICAS  CLUSTERS
  Deployment/shop/old  2         member1 2

Policies and other objects that steer Karmada
  OBJECT                        CHANGE
  OverridePolicy/shop/web       new
  PropagationPolicy/shop/fresh  new
  PropagationPolicy/shop/old    gone
  PropagationPolicy/shop/web    changed

By cluster
  CLUSTER  BEFORE  AFTER  LEAVE  ARRIVE  NEW IMAGES  RESOURCES
  member1  5       3      2      0       1           2
  member2  6       2      6      2       0           2
  member3  0       6      0      6       0           1
`,
    stderr: '',
  });
});

test('nothing differs', async () => {
  expect(await run(BEFORE, BEFORE)).toEqual({
    code: 0,
    stdout: `Other people's policies on the same Karmada are assumed not to exist (--existing names them).
old → new
0 of 11 replicas move (0%), 0 start, 0 stop
2 resources: 2 unchanged
something changes on 0 clusters (images on 0), nothing on 3
`,
    stderr: '',
  });
});

test('the JSON has its keys in the order of its format', async () => {
  const { code, stdout } = await run(BEFORE, AFTER.slice(0, 3), `${DIFF} -o json --max-moved 60%`);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `${JSON.stringify(
      {
        schema: '1',
        totals: {
          resources: {
            before: 2,
            after: 1,
            new: 0,
            gone: 1,
            moved: 1,
            resized: 0,
            changed: 0,
            unchanged: 0,
            unknown: 0,
          },
          replicas: { before: 11, after: 9, moved: 6, started: 0, stopped: 2 },
          clusters: { images: 1, changed: 3, unchanged: 0 },
        },
        resources: [
          {
            resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
            change: 'moved',
            because: ['PropagationPolicy/shop/web changed'],
            replicas: { before: 9, after: 9, moved: 6, started: 0, stopped: 0 },
            clusters: [
              { name: 'member2', before: 6, after: null },
              { name: 'member3', before: null, after: 6 },
            ],
            open: false,
            unscheduled: null,
            images: [{ clusters: ['member1'], container: 'web', before: 'nginx:1', after: 'mirror/nginx:1' }],
            fields: [{ clusters: ['member1'], changes: [{ path: 'metadata.labels.tier', kind: 'add', to: 'gold' }] }],
          },
          {
            resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'old' },
            change: 'gone',
            because: [],
            replicas: { before: 2, after: 0, moved: 0, started: 0, stopped: 2 },
            clusters: [{ name: 'member1', before: 2, after: null }],
            open: false,
            unscheduled: null,
            images: [],
            fields: [],
          },
        ],
        clusters: [
          { name: 'member1', before: 5, after: 3, leave: 2, arrive: 0, images: 1, resources: 2 },
          { name: 'member2', before: 6, after: 0, leave: 6, arrive: 0, images: 0, resources: 1 },
          { name: 'member3', before: 0, after: 6, leave: 0, arrive: 6, images: 0, resources: 1 },
        ],
        members: [],
        steering: [
          {
            object: {
              apiVersion: 'policy.karmada.io/v1alpha1',
              kind: 'OverridePolicy',
              namespace: 'shop',
              name: 'web',
            },
            change: 'new',
          },
          {
            object: {
              apiVersion: 'policy.karmada.io/v1alpha1',
              kind: 'PropagationPolicy',
              namespace: 'shop',
              name: 'old',
            },
            change: 'gone',
          },
          {
            object: {
              apiVersion: 'policy.karmada.io/v1alpha1',
              kind: 'PropagationPolicy',
              namespace: 'shop',
              name: 'web',
            },
            change: 'changed',
          },
        ],
        unsupported: [],
        maxMoved: { allowed: '60%', replicas: 6, exceeded: false },
      },
      null,
      2,
    )}\n`,
  );
});

test('Markdown has the totals first, what moves open, the rest folded', async () => {
  const { stdout } = await run(BEFORE, AFTER.slice(0, 3), `${DIFF} -o markdown --max-moved 1`);
  expect(stdout).toBe(`<!-- cdk8s-karmada diff -->
### Karmada: old → new

**6 of 11 replicas move (55%), 0 start, 2 stop; 11 replicas become 9**

2 resources: 1 moves, 1 goes<br>something changes on 3 clusters (images on 1), nothing on 0

**✗ more replicas move than --max-moved allows (1): 6**

Other people's policies on the same Karmada are assumed not to exist (--existing names them).

#### Moves (1)

| resource | where | because |
| --- | --- | --- |
| <code>Deployment/shop/web</code> | member2 6 → -<br>member3 - → 6 | PropagationPolicy/shop/web changed |

<details><summary>Changes where it is (1)</summary>

| resource | on | what |
| --- | --- | --- |
| <code>Deployment/shop/web</code> | member1 | image of web: nginx:1 → mirror/nginx:1<br>metadata.labels.tier: + "gold" |

</details>

<details><summary>Goes (1)</summary>

| resource | replicas | clusters |
| --- | --- | --- |
| <code>Deployment/shop/old</code> | 2 | member1 2 |

</details>

<details><summary>Policies and other objects that steer Karmada (3)</summary>

| object | change |
| --- | --- |
| <code>OverridePolicy/shop/web</code> | new |
| <code>PropagationPolicy/shop/old</code> | gone |
| <code>PropagationPolicy/shop/web</code> | changed |

</details>

<details><summary>By cluster (3)</summary>

| cluster | before | after | leave | arrive | new images | resources |
| --- | --- | --- | --- | --- | --- | --- |
| <code>member1</code> | 5 | 3 | 2 | 0 | 1 | 2 |
| <code>member2</code> | 6 | 0 | 6 | 0 | 0 | 1 |
| <code>member3</code> | 0 | 6 | 0 | 6 | 0 | 1 |

</details>
`);
});

test('Markdown is never too long for a comment, and text too long for nobody', async () => {
  const names = Array.from({ length: 1_500 }, (_, index) => `web-${index}`);
  const side = (weights: { readonly [cluster: string]: number }) =>
    names.flatMap((name) => [deployment(name, 3), policy(name, weights)]);
  const [before, after] = [side({ member1: 1 }), side({ member2: 1 })];
  const { stdout } = await run(before, after, `${DIFF} -o markdown`);
  expect(stdout.length).toBeLessThan(65_536);
  expect(stdout).toContain('**4500 of 4500 replicas move (100%), 0 start, 0 stop**');
  expect(stdout).toMatch(/Left out, since a comment holds no more: \d+ of 1500 rows of "Moves"/);
  const text = await run(before, after);
  expect(text.stdout).toContain('  and 1450 more: -o json lists them\n');
}, 30_000);

describe('--max-moved', () => {
  test.each([
    ['55%', 0, '✓ no more replicas move than --max-moved allows (55%, which is 6)'],
    ['54%', 3, '✗ more replicas move than --max-moved allows (54%, which is 5): 6'],
    ['6', 0, '✓ no more replicas move than --max-moved allows (6)'],
    ['5', 3, '✗ more replicas move than --max-moved allows (5): 6'],
  ])('%s ends with %i', async (limit, code, line) => {
    const shown = await run(BEFORE, AFTER, `${DIFF} --max-moved ${limit}`);
    expect({ code: shown.code, line: shown.stdout.split('\n')[5] }).toEqual({ code, line });
  });

  test.each(['120%', 'few', '-1', '1.5'])('%s is no limit', async (limit) => {
    expect(await run(BEFORE, AFTER, `${DIFF} --max-moved=${limit}`)).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: --max-moved "${limit}" is no limit
  fix: write a share of the replicas such as 20%, or a number of them such as 6
`,
    });
  });
});

describe('member clusters', () => {
  const cluster = (labels: object, taints: readonly object[] = []) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'member2', labels },
    spec: { syncMode: 'Push', ...(taints.length > 0 && { taints }) },
  });
  const gold = (name: string, replicaScheduling?: object) => ({
    ...policy(name, {}),
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      placement: {
        clusterAffinity: { labelSelector: { matchLabels: { tier: 'gold' } } },
        ...(replicaScheduling && { replicaScheduling }),
      },
    },
  });
  const divided = { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' };
  const goldFleet = (...names: string[]) => {
    const list = fleet(...names);
    for (const each of list.items) each.metadata.labels = { tier: 'gold' };
    return list;
  };
  const input = [deployment('all', 3), gold('all'), deployment('some', 4), gold('some', divided)];
  const files = { 'fleet.yaml': goldFleet('member1', 'member2') };

  test('an edit shows the workloads that it moves, and those that wait for a rebalance', async () => {
    const { stdout } = await run(
      [...input, cluster({ tier: 'gold' })],
      [...input, cluster({ tier: 'lab' })],
      DIFF,
      files,
    );
    expect(stdout).toBe(`Other people's policies on the same Karmada are assumed not to exist (--existing names them).
old → new
0 of 10 replicas move (0%), 0 start, 3 stop; 10 replicas become 7
2 resources: 1 gets more or fewer, 1 unchanged
something changes on 1 cluster (images on 0), nothing on 1

Member clusters that change
  CLUSTER  WHAT                                  WORKLOADS
  member2  metadata.labels.tier: "gold" → "lab"  moves Deployment/shop/all
                                                 after a rebalance also Deployment/shop/some

More or fewer
  RESOURCE             WHERE          BECAUSE
  Deployment/shop/all  member2 3 → -  Cluster/member2 changed

By cluster
  CLUSTER  BEFORE  AFTER  LEAVE  ARRIVE  NEW IMAGES  RESOURCES
  member2  5       2      3      0       0           1
`);
  });

  test('a label that goes from the code goes from the fleet; so does a taint', async () => {
    const { stdout } = await run([...input, cluster({ tier: 'gold' })], [...input, cluster({})], DIFF, files);
    expect(stdout).toContain('  member2  metadata.labels.tier: - "gold"  moves Deployment/shop/all\n');
    const taint = { key: 'a', effect: 'NoSchedule' };
    const tainted = goldFleet('member1', 'member2');
    tainted.items[1].spec.taints = [taint];
    const lifted = await run([...input, cluster({}, [taint])], [...input, cluster({})], `${DIFF} -o json`, {
      'fleet.yaml': tainted,
    });
    expect(JSON.parse(lifted.stdout).members).toEqual([
      {
        cluster: 'member2',
        change: 'changed',
        fields: ['spec.taints: - [{"key":"a","effect":"NoSchedule"}]'],
        moves: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'all' }],
        afterRebalance: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'some' }],
      },
    ]);
  });

  test('one that leaves the code stays in the fleet', async () => {
    const { stdout } = await run([...input, cluster({ tier: 'gold' })], input, DIFF, files);
    expect(stdout.split('\n').slice(2)).toEqual([
      '0 of 10 replicas move (0%), 0 start, 0 stop',
      '2 resources: 2 unchanged',
      'something changes on 0 clusters (images on 0), nothing on 2',
      '',
      'Member clusters that change',
      '  CLUSTER  WHAT                                 WORKLOADS',
      '  member2  leaves the code, stays in the fleet  moves nothing',
      '',
    ]);
  });
});

test('only what Karmada would move is moved: the new side starts from where the old one is', async () => {
  const scaled = policy('web', { member1: 1, member2: 1 });
  const taken = (replicas: number) => [deployment('web', replicas), scaled];
  const { stdout } = await run(taken(4), taken(6));
  expect(stdout.split('\n').slice(2, 9)).toEqual([
    '0 of 4 replicas move (0%), 2 start, 0 stop; 4 replicas become 6',
    '1 resource: 1 gets more or fewer',
    'something changes on 2 clusters (images on 0), nothing on 1',
    '',
    'More or fewer',
    '  RESOURCE             WHERE          BECAUSE',
    '  Deployment/shop/web  member1 2 → 3  the object itself (spec.replicas)',
  ]);
});

test('bindings say where the old side really is', async () => {
  const binding = {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: { name: 'web-deployment', namespace: 'shop' },
    spec: {
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      replicas: 4,
      clusters: [{ name: 'member1', replicas: 4 }],
    },
  };
  const aggregated = policy('web', {});
  aggregated.spec.placement = {
    replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Weighted' },
  };
  binding.metadata = {
    ...binding.metadata,
    annotations: { 'policy.karmada.io/applied-placement': JSON.stringify(aggregated.spec.placement) },
  } as any;
  const side = [deployment('web', 4), aggregated];
  const image = structuredClone(side);
  image[0].spec.template.spec.containers[0].image = 'nginx:2';
  const { stdout } = await run(side, image, `${DIFF} --bindings now.json`, { 'now.json': binding });
  expect(stdout).toContain('  Deployment/shop/web  member1  image of web: nginx:1 → nginx:2\n');
});

test('values of a Secret are not shown', async () => {
  const secret = (password: string) => [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' }, data: { password } },
    {
      ...policy('db', {}),
      spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret', name: 'db' }], placement: {} },
    },
  ];
  const list = fleet('member1');
  list.items[0].status.apiEnablements.push({ groupVersion: 'v1', resources: [{ kind: 'Secret', name: 'secrets' }] });
  for (const format of ['text', 'json']) {
    const { stdout } = await run(secret('b2xkb2xk'), secret('bmV3bmV3'), `${DIFF} -o ${format}`, {
      'fleet.yaml': list,
    });
    expect(stdout).toContain('data.password');
    expect(stdout).not.toMatch(/b2xkb2xk|bmV3bmV3/);
  }
});

test('what is not decided here is no guess', async () => {
  const unreadable = (partition: number) => [
    {
      apiVersion: 'apps.kruise.io/v1alpha1',
      kind: 'CloneSet',
      metadata: { name: 'w', namespace: 'shop' },
      spec: { updateStrategy: { partition } },
    },
    {
      ...policy('w', {}),
      spec: {
        resourceSelectors: [{ apiVersion: 'apps.kruise.io/v1alpha1', kind: 'CloneSet', name: 'w' }],
        placement: {},
      },
    },
  ];
  const { stdout } = await run(unreadable(1), unreadable(2));
  expect(stdout.split('\n').slice(3)).toEqual([
    '1 resource: 1 not decided here',
    'something changes on 0 clusters (images on 0), nothing on 3',
    '',
    'Not decided here',
    '  RESOURCE         BECAUSE OF',
    '  CloneSet/shop/w  resource interpreter: Karmada cannot read CloneSet/shop/w without spec.replicas,',
    '                   and leaves it alone',
    '',
  ]);
});

describe('revisions of git', () => {
  const here = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-diff-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: here, stdio: 'pipe' });
  const write = (path: string, content: object | string) => {
    mkdirSync(join(here, path, '..'), { recursive: true });
    writeFileSync(join(here, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const env = { PATH: process.env.PATH as string, HOME: here };
  const compare = (operands: string, cwd = here, path = env.PATH) =>
    cdk8sKarmada(`diff ${operands} --fleet ${join(here, 'fleet.json')}`, { cwd, env: { ...env, PATH: path } });

  beforeAll(() => {
    git('init', '-q', '-b', 'main');
    write('fleet.json', FLEET);
    write('cdk8s.yaml', 'language: typescript\noutput: out\n');
    write('out/shop.json', BEFORE);
    write('out/more/.hidden.yaml', 'no: manifest');
    write('out/construct-metadata.json', '{}');
    git('add', '.');
    git('commit', '-q', '-m', 'before');
    git('branch', 'before');
    write('out/shop.json', AFTER.slice(0, 3));
    write('out/more/fresh é.yaml', AFTER[3]);
    write('out/more/policy.json', AFTER[4]);
    git('add', '.');
    git('commit', '-q', '-m', 'after');
  });
  afterAll(() => rmSync(here, { recursive: true }));

  test.each(['before HEAD', 'before:out HEAD:out', 'HEAD~1 out', 'before:out/shop.json main'])(
    '%s',
    async (operands) => {
      const { code, stdout, stderr } = await compare(operands);
      expect({ code, stderr, line: stdout.split('\n').slice(1, 4) }).toEqual({
        code: 0,
        stderr: '',
        line: [
          operands.replace(' ', ' → '),
          '6 of 11 replicas move (55%), 2 start, 2 stop',
          '3 resources: 1 moves, 1 is new, 1 goes',
        ],
      });
    },
  );

  test('a path is relative to the folder, or to the repository after a slash', async () => {
    const below = await compare('before:shop.json HEAD:/out', join(here, 'out'));
    expect(below.stdout.split('\n')[3]).toBe('3 resources: 1 moves, 1 is new, 1 goes');
  });

  test('a fault names the revision', async () => {
    write('bad/bad.yaml', 'a: [');
    git('add', '.');
    git('commit', '-q', '-m', 'bad');
    const { code, stderr } = await compare('HEAD:bad HEAD');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: this is not YAML: .*\n {2}at HEAD:bad\/bad.yaml:2:1\n/);
  });

  test.each([
    [
      'nowhere HEAD',
      3,
      `error: there is no file or folder "nowhere", and no revision "nowhere" either
  at nowhere
  fix: name a folder, or a branch, tag or commit that \`git log\` knows, such as main or main:dist
`,
    ],
    [
      'HEAD:dist HEAD',
      3,
      `error: revision "HEAD" has no "dist"
  at HEAD:dist
  fix: commit what cdk8s writes, or compare two folders: synth each revision into its own
`,
    ],
    [
      '- -',
      1,
      `error: both sides are to be read from standard input
  fix: name a file, a folder or a revision for one of them
`,
    ],
  ])('%s', async (operands, code, stderr) => {
    expect(await compare(operands)).toEqual({ code, stdout: '', stderr });
  });

  test('without git', async () => {
    expect(await compare('main HEAD', here, '/nowhere')).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: a revision is read with \`git\`, which is not there
  fix: install git, or name two folders
`,
    });
  });

  test('outside a repository', async () => {
    expect(
      await cdk8sKarmada(`diff main:dist HEAD:dist --fleet fleet.yaml`, { files: { 'fleet.yaml': FLEET }, env }),
    ).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: there is no such file or folder, and this folder is in no git repository
  fix: name two folders
`,
    });
  });
});

test('no fleet', async () => {
  expect(await run(BEFORE, AFTER, 'diff old new')).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: diff needs the member clusters: there is no --fleet
  fix: ask your Karmada once: \`cdk8s-karmada fleet pull -o fleet.yaml\`, then add \`--fleet fleet.yaml\`
`,
  });
});

test('a claim sticks: a better policy that is new takes nothing over', async () => {
  const better = { ...policy('better', { member3: 1 }), metadata: { name: 'better', namespace: 'shop' } };
  better.spec.resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }];
  better.spec.priority = 5;
  const side = [deployment('web', 9), policy('web', { member1: 1, member2: 2 })];
  const stays = await run(side, [...side, better]);
  expect(stays.stdout.split('\n')[3]).toBe('1 resource: 1 unchanged');
  const { stdout } = await run(side, [side[0], better]);
  expect(stdout.split('\n').slice(2, 11)).toEqual([
    '9 of 9 replicas move (100%), 0 start, 0 stop',
    '1 resource: 1 moves',
    'something changes on 3 clusters (images on 0), nothing on 0',
    '',
    'Moves',
    '  RESOURCE             WHERE          BECAUSE',
    '  Deployment/shop/web  member1 3 → -  claimed by PropagationPolicy/shop/better instead of',
    '                       member2 6 → -  PropagationPolicy/shop/web',
    '                       member3 - → 9',
  ]);
});

test("our own policies among other people's are those of the sides", async () => {
  const side = [deployment('web', 9), policy('web', { member1: 1 })];
  const moved = [side[0], policy('web', { member2: 1 })];
  const { stdout } = await run(side, moved, `${DIFF} --existing theirs.json`, { 'theirs.json': side.slice(1) });
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    "Other people's policies and overrides take part, as given with --existing.",
    'old → new',
    '9 of 9 replicas move (100%), 0 start, 0 stop',
    '1 resource: 1 moves',
  ]);
});

test('what follows a workload says so', async () => {
  const conf = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace: 'shop' }, data: { a: 'b' } };
  const using = deployment('web', 3);
  using.spec.template.spec.containers[0].envFrom = [{ configMapRef: { name: 'conf' } }];
  const side = (weights: { readonly [cluster: string]: number }) => {
    const own = policy('web', weights);
    own.spec.propagateDeps = true;
    return [using, conf, own];
  };
  const { stdout } = await run(side({ member1: 1 }), side({ member2: 1 }));
  expect(stdout.split('\n').slice(2, 11)).toEqual([
    '3 of 3 replicas move (100%), 0 start, 0 stop',
    '2 resources: 2 move',
    'something changes on 2 clusters (images on 0), nothing on 1',
    '',
    'Moves',
    '  RESOURCE             WHERE            BECAUSE',
    '  Deployment/shop/web  member1 3 → -    PropagationPolicy/shop/web changed',
    '                       member2 - → 3',
    '  ConfigMap/shop/conf  member1 yes → -  follows Deployment/shop/web',
  ]);
});

test('a tie that stays open is told at its worst', async () => {
  const tied = (replicas: number) => [deployment('web', replicas), policy('web', { member1: 1, member2: 1 })];
  const { stdout } = await run(tied(3), tied(4));
  expect(stdout).toContain('a tie is open: at worst');
  const json = JSON.parse((await run(tied(3), tied(4), `${DIFF} -o json`)).stdout);
  expect(json.resources.map(({ open, replicas }: any) => [open, replicas])).toEqual([
    [true, { before: 3, after: 4, moved: 0, started: 1, stopped: 0 }],
  ]);
});
