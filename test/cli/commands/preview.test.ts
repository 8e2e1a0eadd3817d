import { deployment, fleet, overflowing, override, parent, policy } from './manifests';
import { cdk8sKarmada } from './terminal';

const FILES = {
  'dist/shop.k8s.json': [deployment('web', 9), policy('web', { member1: 1, member2: 2 })],
  'fleet.yaml': fleet('member1', 'member2', 'member3'),
  'cdk8s.yaml': 'language: typescript\n',
};

test('the table of what cdk8s wrote', async () => {
  const files = { ...FILES, 'dist/override.json': override('web', 'member2', 'mirror.eu') };
  expect(await cdk8sKarmada('preview --fleet fleet.yaml', { files })).toEqual({
    code: 0,
    stdout: `Other people's policies on the same Karmada are assumed not to exist (--existing names them).
1 resource: 1 scheduled, 9 replicas on 2 of 3 clusters

Deployment/shop/web   9 replicas   by PropagationPolicy/shop/web
  CLUSTER  REPLICAS  IMAGE              OVERRIDDEN, OR WHY NOT
  member1  3         nginx:1
  member2  6         mirror.eu/nginx:1  metadata.labels.tier: gold
                                        image of web
  member3  -         -                  cluster(s) did not match the placement cluster affinity
                                        constraint
`,
    stderr: '',
  });
});

test('a policy that waits for its overrides shows what they change, and nothing else', async () => {
  const waiting = policy('web', { member1: 1, member2: 2 });
  const differing = override('web', 'member2', 'mirror.eu');
  waiting.spec.dependentOverrides = [differing.metadata.name];
  const dist = { 'dist/shop.k8s.json': [deployment('web', 9), waiting], 'dist/override.json': differing };
  const { stdout } = await cdk8sKarmada('preview --fleet fleet.yaml', { files: { ...FILES, ...dist } });
  expect(stdout).toContain(`
  member1  3         nginx:1
  member2  6         mirror.eu/nginx:1  metadata.labels.tier: gold
                                        image of web
`);
});

test('the JSON has its keys in the order of its format', async () => {
  const { code, stdout } = await cdk8sKarmada('preview --fleet fleet.yaml --render none -o json', { files: FILES });
  expect(code).toBe(0);
  expect(JSON.stringify(JSON.parse(stdout))).toBe(
    JSON.stringify({
      schema: '1',
      resources: [
        {
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          policy: { kind: 'PropagationPolicy', namespace: 'shop', name: 'web' },
          replicas: 9,
          scheduled: true,
          reason: 'Success',
          message: 'Binding has been scheduled successfully.',
          affinity: null,
          outcomes: [
            {
              clusters: [
                { name: 'member1', replicas: 3 },
                { name: 'member2', replicas: 6 },
              ],
              requiredBy: [],
              suspended: [],
              rendered: {},
            },
          ],
        },
      ],
      unsupported: [],
      findings: [],
    }),
  );
});

test('a fleet that was pulled long ago is a warning', async () => {
  const old = fleet('member1', 'member2');
  for (const { metadata } of old.items) metadata.annotations = { 'cdk8s-karmada.io/as-of': '2020-01-01T00:00:00Z' };
  const { stdout } = await cdk8sKarmada('preview --fleet fleet.yaml', { files: { ...FILES, 'fleet.yaml': old } });
  expect(stdout).toMatch(/warning MC029: the fleet was read \d+ days ago \(2020-01-01T00:00:00Z\): /);
});

test('a tie is both outcomes until a UID is given', async () => {
  const files = { ...FILES, 'dist/shop.k8s.json': [deployment('web', 3), policy('web', { member1: 1, member2: 1 })] };
  const outcomes = async (uid: string) => {
    const { stdout } = await cdk8sKarmada(`preview --fleet fleet.yaml --render=none -o json ${uid}`, { files });
    return JSON.parse(stdout).resources[0].outcomes.map(({ clusters }: any) =>
      clusters.map((each: any) => each.replicas),
    );
  };
  const both = await outcomes('');
  expect(both).toHaveLength(2);
  const known = await outcomes('--uid Deployment.apps/shop/web=8a1b7c3e-0000-4000-8000-000000000001');
  expect(known).toHaveLength(1);
  expect(both).toContainEqual(known[0]);
});

test('what cannot be scheduled ends with 0, unless it is to fail', async () => {
  const files = { ...FILES, 'fleet.yaml': fleet('other') };
  const quiet = await cdk8sKarmada('preview --fleet fleet.yaml', { files });
  const strict = await cdk8sKarmada('preview --fleet fleet.yaml --fail-on=unschedulable', { files });
  expect(quiet.code).toBe(0);
  expect(quiet.stdout).toContain(
    '  ✗ not scheduled  NoClusterFit: 0/1 clusters are available: 1 cluster(s) did not match the placement cluster affinity constraint.\n',
  );
  expect(strict).toEqual({ ...quiet, code: 3 });
});

test('a warning fails only when asked to', async () => {
  const files = { ...FILES, 'dist/shop.k8s.json': [deployment('web', 9), policy('web', { member1: 1, membr2: 2 })] };
  expect((await cdk8sKarmada('preview --fleet fleet.yaml --fail-on=unschedulable', { files })).code).toBe(0);
  const strict = await cdk8sKarmada('preview --fleet fleet.yaml --fail-on=warning', { files });
  expect(strict.code).toBe(3);
  expect(
    strict.stdout,
  ).toContain(`warning MC023: PropagationPolicy/shop/web names cluster "membr2", which the fleet does not have
  at spec.placement.clusterAffinity.clusterNames[1]
  fix: did you mean "member2"?
`);
});

test('rules that need no fleet speak too; what was acknowledged fails nothing, and nothing is said twice', async () => {
  const lazy = policy('web', { member1: 1 });
  lazy.spec.activationPreference = 'Lazy';
  const floating = deployment('web', 9);
  floating.spec.template.spec.containers[0].image = 'nginx';
  const run = (objects: any[]) => {
    const files = { ...FILES, 'dist/shop.k8s.json': objects };
    return cdk8sKarmada('preview --fleet fleet.yaml --fail-on=warning -o json', { files });
  };
  const { code, stdout } = await run([floating, lazy]);
  expect(code).toBe(3);
  expect(JSON.parse(stdout).findings.map(({ code, resource }: any) => [code, resource?.name])).toEqual([
    ['MC045', undefined],
    ['MC060', 'web'],
  ]);

  floating.metadata.annotations = { 'cdk8s-karmada.io/acknowledged': '{"MC060":"a lab"}' };
  lazy.metadata.annotations = { 'cdk8s-karmada.io/acknowledged': '{"MC045":"moved by hand"}' };
  const fine = await run([floating, lazy]);
  expect(fine.code).toBe(0);
  expect(JSON.parse(fine.stdout).findings.map(({ acknowledged }: any) => acknowledged)).toEqual([
    'moved by hand',
    'a lab',
  ]);
});

test("other people's policies take part, and the first line says so", async () => {
  const files = {
    ...FILES,
    'dist/shop.k8s.json': [deployment('web', 9)],
    'theirs.json': [policy('web', { member3: 1 })],
  };
  const { stdout } = await cdk8sKarmada('preview --fleet fleet.yaml --existing theirs.json', { files });
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    "Other people's policies and overrides take part, as given with --existing.",
    '1 resource: 1 scheduled, 9 replicas on 1 of 3 clusters',
  ]);
});

test('what does not fit, and who would take over', async () => {
  const asking = deployment('web', 9);
  asking.spec.template.spec.containers[0].resources = { requests: { memory: '1536Mi' } };
  const second = { ...policy('web', { member3: 1 }), metadata: { name: 'zweit', namespace: 'shop' } };
  const list = fleet('member1', 'member2');
  list.items[0].status.resourceSummary = {
    allocatable: { memory: '4Gi', pods: '110' },
    allocated: { memory: '100Mi' },
  };
  const dist = {
    'dist/shop.k8s.json': [asking, policy('web', { member1: 1, member2: 2 }), second],
    'fleet.yaml': list,
  };
  const { stdout } = await cdk8sKarmada('preview --fleet fleet.yaml', { files: { ...FILES, ...dist } });
  expect(stdout).toContain(`
Does not fit
  CLUSTER  RESOURCE  ASKED  FREE   ALLOCATABLE
  member1  memory    4.5Gi  3.9Gi  4Gi

Selected by several policies
  RESOURCE             CLAIMED BY                  IF THAT IS DELETED
  Deployment/shop/web  PropagationPolicy/shop/web  PropagationPolicy/shop/zweit
`);
  const markdown = await cdk8sKarmada('preview --fleet fleet.yaml -o markdown', { files: { ...FILES, ...dist } });
  expect(markdown.stdout).toContain(`
#### Does not fit (1)

| cluster | resource | asked | free | allocatable |
| --- | --- | --- | --- | --- |
| <code>member1</code> | <code>memory</code> | <code>4.5Gi</code> | <code>3.9Gi</code> | <code>4Gi</code> |
`);
  expect(markdown.stdout).toContain(`
<details><summary>Selected by several policies (1)</summary>
`);
});

describe('--failover', () => {
  const lost = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: { name: 'lost' },
    spec: {
      addOnConditions: [{ conditionType: 'Ready', operator: 'NotIn', statusValues: ['True'] }],
      taints: [{ key: 'lost', effect: 'NoExecute' }],
    },
  };
  const files = { ...FILES, 'dist/lost.json': lost };
  const allowed = '--assume allow-no-execute-taint-policy=true';
  const flags = `${allowed} --assume feature-gates=Failover=true --assume enable-no-execute-taint-eviction=true`;

  test('step by step, with times', async () => {
    const commandLine = `preview --fleet fleet.yaml --failover Deployment/shop/web ${flags}`;
    expect(await cdk8sKarmada(commandLine, { files, columns: 120 })).toEqual({
      code: 0,
      stdout: `Failover of Deployment/shop/web

If member1 (3 replicas) is lost: it goes to member2 +3 after 1 min 54 s at the latest
  AT THE LATEST  WHAT
  42 s           a probe of the cluster fails
                   every 10 s (--cluster-status-update-frequency), and gives up after 32 s
  1 min 54 s     Ready is False: the taint cluster.karmada.io/not-ready keeps new workloads away
                   they fail for --cluster-failure-threshold=30s, which the next one sees
  1 min 54 s     taint lost:NoExecute on the cluster
                   ClusterTaintPolicy/lost
  1 min 54 s     it is to be evicted
                   no toleration for the taint
  1 min 54 s     it is evicted, when its turn comes
                   1 of the input on this cluster, 3 at once, 2 s after each (--resource-eviction-rate)
  1 min 54 s     it is scheduled again
                   the cluster it is evicted from is left out
  1 min 54 s     the other clusters are told; images and probes take what they take
                   --no-execute-taint-eviction-purge-mode: Gracefully
  11 min 54 s    its copy on the lost cluster is given up, as soon as it is healthy elsewhere; it is deleted once that
                 cluster is back
                   --graceful-eviction-timeout=600s at the latest

If member2 (6 replicas) is lost: it goes to member1 +6 after 1 min 54 s at the latest
  AT THE LATEST  WHAT
  42 s           a probe of the cluster fails
                   every 10 s (--cluster-status-update-frequency), and gives up after 32 s
  1 min 54 s     Ready is False: the taint cluster.karmada.io/not-ready keeps new workloads away
                   they fail for --cluster-failure-threshold=30s, which the next one sees
  1 min 54 s     taint lost:NoExecute on the cluster
                   ClusterTaintPolicy/lost
  1 min 54 s     it is to be evicted
                   no toleration for the taint
  1 min 54 s     it is evicted, when its turn comes
                   1 of the input on this cluster, 3 at once, 2 s after each (--resource-eviction-rate)
  1 min 54 s     it is scheduled again
                   the cluster it is evicted from is left out
  1 min 54 s     the other clusters are told; images and probes take what they take
                   --no-execute-taint-eviction-purge-mode: Gracefully
  11 min 54 s    its copy on the lost cluster is given up, as soon as it is healthy elsewhere; it is deleted once that
                 cluster is back
                   --graceful-eviction-timeout=600s at the latest
`,
      stderr: '',
    });
  });

  test('it stays where it is when nothing evicts it', async () => {
    const commandLine = `preview --fleet fleet.yaml --failover Deployment/shop/web ${allowed}`;
    const { stdout } = await cdk8sKarmada(commandLine, { files });
    expect(stdout).toBe(`Failover of Deployment/shop/web

If any of member1 (3 replicas), member2 (6 replicas) is lost: it stays there, and does not run until the cluster is back
  AT THE LATEST  WHAT
  42 s           a probe of the cluster fails
                   every 10 s (--cluster-status-update-frequency), and gives up after 32 s
  1 min 54 s     Ready is False: the taint cluster.karmada.io/not-ready keeps new workloads away
                   they fail for --cluster-failure-threshold=30s, which the next one sees
  1 min 54 s     nothing more: it stays as it is until the cluster is back
                   ClusterTaintPolicies are acted on only with --feature-gates=Failover=true, and
                 Karmada adds no NoExecute taint by itself
`);
  });

  test('in JSON', async () => {
    const commandLine = `preview --fleet fleet.yaml --failover Deployment/shop/web ${flags} -o json`;
    const { failover } = JSON.parse((await cdk8sKarmada(commandLine, { files })).stdout);
    expect(failover.resource).toBe('Deployment/shop/web');
    expect(failover.clusters.map(({ cluster, end, seconds }: any) => [cluster, end, seconds])).toEqual([
      ['member1', 'elsewhere', 114],
      ['member2', 'elsewhere', 114],
    ]);
  });

  test('in Markdown it is folded, above what goes where', async () => {
    const commandLine = `preview --fleet fleet.yaml --failover Deployment/shop/web ${allowed} -o markdown`;
    const { code, stdout, stderr } = await cdk8sKarmada(commandLine, { files });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const at = stdout.indexOf('<details><summary>Failover of <code>Deployment/shop/web</code></summary>');
    expect(at).toBeGreaterThan(stdout.indexOf('1 resource: 1 scheduled'));
    expect(at).toBeLessThan(stdout.indexOf('<details><summary>Clusters (3)</summary>'));
    expect(stdout).toContain('1 min 54 s');
  });
});

describe('bad input', () => {
  test('no fleet', async () => {
    expect(await cdk8sKarmada('preview', { files: FILES })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: preview needs the member clusters: there is no --fleet
  fix: ask your Karmada once: \`cdk8s-karmada fleet pull -o fleet.yaml\`, then add \`--fleet fleet.yaml\`
`,
    });
  });

  test('a fleet file with wrong kinds: all of them at once', async () => {
    const files = { ...FILES, 'fleet.yaml': [deployment('web', 1), ...fleet('member1').items, policy('web', {})] };
    expect(await cdk8sKarmada('preview --fleet fleet.yaml', { files })).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: --fleet takes Cluster objects of cluster.karmada.io/*, got Deployment/shop/web of apps/v1
  at fleet.yaml, document 1
  fix: give what \`kubectl get clusters -o yaml\` prints on Karmada
error: --fleet takes Cluster objects of cluster.karmada.io/*, got PropagationPolicy/shop/web of policy.karmada.io/v1alpha1
  at fleet.yaml, document 3
  fix: give what \`kubectl get clusters -o yaml\` prints on Karmada
`,
    });
  });

  test('bindings that are none', async () => {
    const files = { ...FILES, 'bindings.json': [deployment('web', 1)] };
    expect(await cdk8sKarmada('preview --fleet fleet.yaml --bindings bindings.json', { files })).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: --bindings takes ResourceBinding objects of work.karmada.io/*, got Deployment/shop/web of apps/v1
  at bindings.json, document 1
  fix: give what \`kubectl get resourcebindings -A -o yaml\` prints on Karmada
`,
    });
  });

  test('a UID of nothing', async () => {
    expect(await cdk8sKarmada('preview --fleet fleet.yaml --uid 8a1b', { files: FILES })).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: "8a1b" does not say whose UID it is
  at --uid
  fix: write Kind[.group]/namespace/name=uid, or Kind[.group]/name=uid for a cluster-scoped kind
`,
    });
  });

  test('an assumption about a flag that is none', async () => {
    const { code, stderr } = await cdk8sKarmada('preview --fleet fleet.yaml --assume nonsense', { files: FILES });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: assumption "nonsense" is not of the form [<component>.]<flag>=<value>
  fix: write it like scheduler.plugins=*
`,
    });
  });
});

test('--without says where everything would go were a cluster lost', async () => {
  const { code, stdout } = await cdk8sKarmada('preview --fleet fleet.yaml --without member2', { files: FILES });
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(3)).toEqual([
    'Deployment/shop/web   9 replicas   by PropagationPolicy/shop/web',
    '  CLUSTER  REPLICAS  IMAGE    OVERRIDDEN, OR WHY NOT',
    '  member1  9         nginx:1',
    '  member2  -         -        the cluster is being deleted',
    '  member3  -         -        cluster(s) did not match the placement cluster affinity constraint',
    '',
  ]);
});

test('--without a cluster that the fleet does not have', async () => {
  expect(await cdk8sKarmada('preview --fleet fleet.yaml --without lab', { files: FILES })).toEqual({
    code: 3,
    stdout: '',
    stderr: `error: the fleet has no cluster "lab"
  fix: name one or more of member1, member2, member3
`,
  });
});

test('the release of the chart decides which fields there are, and which feature gates', async () => {
  const chart = (version: string) => [
    parent('east', 'shop', 'karmada', version),
    deployment('web', 9),
    overflowing('web'),
  ];
  const files = { ...FILES, 'old.json': chart('v1.16.8'), 'new.json': chart('v1.18.2') };
  expect(await cdk8sKarmada('preview -f old.json --fleet fleet.yaml', { files })).toEqual({
    code: 3,
    stdout: '',
    stderr: `error: spec.placement.clusterAffinities[1].overflowAffinities is known to Karmada v1.18 and later, and this instance runs v1.16.8
  at PropagationPolicy/shop/web spec.placement.clusterAffinities[1].overflowAffinities
  fix: remove it, or upgrade the instance to v1.18
`,
  });
  expect((await cdk8sKarmada('preview -f new.json --fleet fleet.yaml', { files })).code).toBe(0);
  const { code, stderr } = await cdk8sKarmada(
    'preview -f old.json --fleet fleet.yaml --assume feature-gates=WorkloadAffinity=true',
    { files },
  );
  expect(code).toBe(1);
  expect(stderr).toContain('names a feature gate that Karmada v1.16.8 does not have: WorkloadAffinity');
});

test('-o markdown is a comment of a pull request, without colours', async () => {
  const { code, stdout } = await cdk8sKarmada('preview --fleet fleet.yaml -o markdown --fail-on unschedulable', {
    files: { ...FILES, 'fleet.yaml': fleet('other') },
    tty: true,
    env: { NO_COLOR: '', FORCE_COLOR: '1' },
  });
  expect(code).toBe(3);
  expect(stdout.split('\n').slice(0, 5)).toEqual([
    '<!-- cdk8s-karmada preview -->',
    '### Karmada preview',
    '',
    '**1 resource: 0 scheduled, 1 unschedulable, 0 replicas on 0 of 1 cluster, 4 findings**',
    '',
  ]);
  expect(stdout).toMatch(/^\P{Cc}+$/mu);
});

describe('more than 1,000 resources are not rendered unless that is asked for', () => {
  const many = Array.from({ length: 1_001 }, (_, i) => deployment(`web-${i}`, 1));
  const everything = policy('web', { member1: 1 });
  everything.spec.resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];
  const files = { ...FILES, 'dist/shop.k8s.json': [...many, everything] };
  const rendered = async (options: string, given = files) => {
    const { stdout, stderr } = await cdk8sKarmada(`preview --fleet fleet.yaml -o json ${options}`, { files: given });
    const clusters = JSON.parse(stdout).resources.filter(({ outcomes }: any) => outcomes[0].rendered.member1);
    return { rendered: clusters.length, stderr };
  };
  const note =
    'The manifests of more than 1000 resources are not rendered, so images and overrides are not shown (--render all).';

  test('a line on standard error says so', async () => {
    expect(await rendered('')).toEqual({ rendered: 0, stderr: `note: ${note}\n` });
  });

  test('asked for', async () => {
    expect(await rendered('--render all')).toEqual({ rendered: 1_001, stderr: '' });
    expect(await rendered('--render none')).toEqual({ rendered: 0, stderr: '' });
  });

  test('1,000 are', async () => {
    const fewer = { ...files, 'dist/shop.k8s.json': [...many.slice(1), everything] };
    expect(await rendered('', fewer)).toEqual({ rendered: 1_000, stderr: '' });
  });

  test('text and Markdown say it in their first lines', async () => {
    const text = await cdk8sKarmada('preview --fleet fleet.yaml', { files });
    expect(text.stdout.split('\n')[1]).toBe(note);
    const markdown = await cdk8sKarmada('preview --fleet fleet.yaml -o markdown', { files });
    expect(markdown.stdout.split('\n')[5]).toContain(note);
    expect(text.stderr + markdown.stderr).toBe('');
  });
});

test('the JSON is written in pieces, and is what JSON.stringify makes of it', async () => {
  const files = { ...FILES, 'dist/more.json': [deployment('api', 1), deployment('db', 1)] };
  for (const given of [FILES, files, { ...FILES, 'dist/shop.k8s.json': policy('web', { member1: 1 }) }]) {
    const { stdout } = await cdk8sKarmada('preview --fleet fleet.yaml -o json', { files: given });
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
  }
});

test('-o html is one page, with what was left out in its notes, and the exit code that was asked for', async () => {
  const files = { ...FILES, 'fleet.yaml': fleet('other') };
  const { code, stdout, stderr } = await cdk8sKarmada(
    'preview --fleet fleet.yaml -o html --render none --fail-on=unschedulable',
    {
      files,
    },
  );
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(stdout).toMatch(/^<!doctype html>\n.*<\/html>\n$/s);
  expect(stdout).toContain('<p class="totals">1 resource: 0 scheduled, 1 unschedulable');
  expect(stdout).toContain(
    '<li>Manifests are not rendered, so images and overrides are not shown (--render none).</li>',
  );
});
