import { deployment, fleet, instance, overflowing, parent, policy } from './manifests';
import { cdk8sKarmada } from './terminal';

const REFUSED = policy('web', { member1: 0 });

test('objects that Karmada takes end with 0', async () => {
  const files = { 'in.json': [deployment('web', 1), policy('web', { member1: 1 })] };
  expect(await cdk8sKarmada('validate -f in.json', { files })).toEqual({
    code: 0,
    stdout: '✓ 2 objects: 2 admitted (1 of a kind that Karmada does not check)\n',
    stderr: '',
  });
});

test('a refusal ends with 3 and says what, where and how to mend it', async () => {
  const { code, stdout, stderr } = await cdk8sKarmada('validate -f in.json', { files: { 'in.json': [REFUSED] } });
  expect({ code, stdout, stderr }).toEqual({
    code: 3,
    stdout: `error MC204: weight must be 1 or more, got 0
  at spec.placement.replicaScheduling.weightPreference.staticWeightList[0].weight of PropagationPolicy/shop/web (in.json, document 1)
  fix: set weight to 1 or more
  see: docs/findings.md#mc204

✗ 1 object: 0 admitted, 1 refused
`,
    stderr: '',
  });
});

test('the JSON has its keys in the order of its format', async () => {
  const files = { 'in.json': [deployment('web', 1), REFUSED] };
  const { code, stdout } = await cdk8sKarmada('validate -f in.json -o json', { files });
  expect(code).toBe(3);
  expect(JSON.stringify(JSON.parse(stdout))).toBe(
    JSON.stringify({
      schema: '1',
      objects: [
        {
          object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          admitted: true,
          stored: null,
          findings: [],
        },
        {
          object: {
            apiVersion: 'policy.karmada.io/v1alpha1',
            kind: 'PropagationPolicy',
            namespace: 'shop',
            name: 'web',
          },
          admitted: false,
          stored: null,
          findings: [
            {
              code: 'MC204',
              level: 'error',
              path: 'spec.placement.replicaScheduling.weightPreference.staticWeightList[0].weight',
              message: 'weight must be 1 or more, got 0',
              fix: 'set weight to 1 or more',
            },
          ],
        },
      ],
    }),
  );
});

const DRAIN = {
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'ClusterTaintPolicy',
  metadata: { name: 'drain' },
  spec: { taints: [{ key: 'drain', effect: 'NoExecute' }] },
};

test('what the control plane is assumed to be like takes part', async () => {
  const files = { 'in.json': [DRAIN] };
  expect((await cdk8sKarmada('validate -f in.json', { files })).code).toBe(3);
  const allowed = await cdk8sKarmada('validate -f in.json --assume allow-no-execute-taint-policy=true', { files });
  expect(allowed.code).toBe(0);
});

test('what an instance in the input says of its control plane takes part, and its own objects are not asked about', async () => {
  const files = { 'in.json': [...instance('east', ['--allow-no-execute-taint-policy=true']), DRAIN] };
  expect(await cdk8sKarmada('validate -f in.json', { files })).toEqual({
    code: 0,
    stdout: `warning MC041: a ClusterTaintPolicy has no effect: the feature gate Failover of karmada-controller-manager is off
  at ClusterTaintPolicy/drain (in.json, document 3)
  fix: start karmada-controller-manager with --feature-gates=Failover=true, and say so with --assume controller-manager.feature-gates=Failover=true; or leave it out
  see: docs/findings.md#mc041

✓ 1 object: 1 admitted, 1 warning
`,
    stderr: '',
  });
});

test('of several instances one has to be chosen', async () => {
  const files = { 'in.json': [...instance('east', []), ...instance('west', []), policy('web', { member1: 1 })] };
  expect(await cdk8sKarmada('validate -f in.json', { files })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: the input holds 2 instances: "east", "west"\n  fix: choose one with --instance <name>\n',
  });
  expect(await cdk8sKarmada('validate -f in.json --instance north', { files })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: there is no instance "north" in the input\n  fix: choose one of "east", "west"\n',
  });
  expect((await cdk8sKarmada('validate -f in.json --instance west', { files })).code).toBe(0);
});

test('a cluster that others joined need not say how; one that says nothing of that has to', async () => {
  const part = (annotations: object) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name: 'berlin', annotations },
    spec: { region: 'eu-1' },
  });
  const validate = (annotations: object) =>
    cdk8sKarmada('validate -f in.json', { files: { 'in.json': part(annotations) } });

  expect((await validate({ 'cdk8s-karmada.io/joined': 'true' })).code).toBe(0);
  expect((await validate({})).stdout).toContain('syncMode is required');
});

const LAZY = {
  ...policy('web', { member1: 1 }),
  spec: { ...policy('web', { member1: 1 }).spec, activationPreference: 'Lazy' },
};
const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'web', namespace: 'shop' },
  stringData: { password: 'correct horse' },
};

test('what Karmada takes but does otherwise than meant is said too, and refuses nothing', async () => {
  const files = { 'in.json': [LAZY, SECRET] };
  expect(await cdk8sKarmada('validate -f in.json', { files })).toEqual({
    code: 0,
    stdout: `warning MC045: the policy is lazy: what exists already moves only when it is next edited
  at spec.activationPreference of PropagationPolicy/shop/web (in.json, document 1)
  fix: leave activationPreference out, or acknowledge this with the reason
  see: docs/findings.md#mc045
error MC062: the Secret holds its values in plain sight: "password"
  at stringData of Secret/shop/web (in.json, document 2)
  fix: refer to a Secret that exists on Karmada, or have one made by an ExternalSecret or a SealedSecret
  see: docs/findings.md#mc062

✓ 2 objects: 2 admitted (1 of a kind that Karmada does not check), 1 error, 1 warning
`,
    stderr: '',
  });
});

test('what was acknowledged says why, in text and in JSON; an error cannot be', async () => {
  const annotations = { 'cdk8s-karmada.io/acknowledged': '{"MC045":"moved by hand","MC062":"we know better"}' };
  const acknowledged = (object: any) => ({ ...object, metadata: { ...object.metadata, annotations } });
  const files = { 'in.json': [acknowledged(LAZY), acknowledged(SECRET)] };
  const { stdout } = await cdk8sKarmada('validate -f in.json', { files });
  expect(stdout).toBe(`acknowledged MC045: the policy is lazy: what exists already moves only when it is next edited
  at spec.activationPreference of PropagationPolicy/shop/web (in.json, document 1)
  reason: moved by hand
  see: docs/findings.md#mc045
error MC062: the Secret holds its values in plain sight: "password"
  at stringData of Secret/shop/web (in.json, document 2)
  fix: refer to a Secret that exists on Karmada, or have one made by an ExternalSecret or a SealedSecret
  see: docs/findings.md#mc062

✓ 2 objects: 2 admitted (1 of a kind that Karmada does not check), 1 error, 1 acknowledged
`);
  const json = JSON.parse((await cdk8sKarmada('validate -f in.json -o json', { files })).stdout);
  expect(json.objects[0].findings).toEqual([
    {
      code: 'MC045',
      level: 'warning',
      path: 'spec.activationPreference',
      message: 'the policy is lazy: what exists already moves only when it is next edited',
      fix: 'leave activationPreference out, or acknowledge this with the reason',
      acknowledged: 'moved by hand',
    },
  ]);
  expect(json.objects[1].findings.map(({ acknowledged: reason }: any) => reason)).toEqual([undefined]);
  expect(json.objects[0].stored.metadata.annotations).toBeUndefined();
});

const TOO_NEW =
  'spec.placement.clusterAffinities[1].overflowAffinities is known to Karmada v1.18 and later, and this instance runs v1.16.8';

test('the release of the chart decides which fields there are', async () => {
  const chart = (version: string) => [parent('east', 'shop', 'karmada', version), overflowing('web')];
  const files = { 'old.json': chart('v1.16.8'), 'new.json': chart('v1.18.2'), 'alone.json': [overflowing('web')] };
  const verdicts = async (file: string) => {
    const { code, stdout } = await cdk8sKarmada(`validate -f ${file} -o json`, { files });
    const { findings } = JSON.parse(stdout).objects.pop();
    return { code, refusals: findings.filter(({ level }: any) => level === 'error') };
  };
  expect(await verdicts('old.json')).toEqual({
    code: 3,
    refusals: [
      {
        code: 'MC210',
        level: 'error',
        path: 'spec.placement.clusterAffinities[1].overflowAffinities',
        message: TOO_NEW,
        fix: 'remove it, or upgrade the instance to v1.18',
      },
    ],
  });
  expect(await verdicts('new.json')).toEqual({ code: 0, refusals: [] });
  expect(await verdicts('alone.json')).toEqual({ code: 0, refusals: [] });
});

test('of two instances the release is that of the chosen one', async () => {
  const east = [parent('east', 'shop', 'karmada', 'v1.16.8'), overflowing('web')];
  const west = [parent('west', 'bar', 'karmada', 'v1.18.2')];
  const files = { 'east.json': east, 'west.json': west };
  expect((await cdk8sKarmada('validate -f east.json -f west.json --instance east', { files })).code).toBe(3);
  expect((await cdk8sKarmada('validate -f east.json -f west.json --instance west', { files })).code).toBe(0);
});

describe('a release that there are no tables for', () => {
  const NEWER = `warning MC105: Karmada v1.19.0 is newer than what this library knows: objects are checked as v1.18 would check them
  at metadata.annotations[cdk8s-karmada.io/version] of ConfigMap/cdk8s-karmada/east-shop-karmada (in.json, document 1)
  fix: update cdk8s-karmada, or read the release notes for fields and rules that changed
  see: docs/findings.md#mc105
`;
  const INSTALLED = `warning MC105: Karmada v1.19.0 is newer than what this library knows: it is installed as v1.18 would be
  at metadata.annotations[cdk8s-karmada.io/version] of ConfigMap/karmada-system/east-east-host (in.json, document 1)
  fix: update cdk8s-karmada, or read the release notes for flags and images that changed
  see: docs/findings.md#mc105
`;
  const shop = (version: string) => [
    parent('east', 'shop', 'karmada', version),
    parent('east', 'bank', 'karmada', version),
    {
      ...overflowing('web'),
      metadata: { name: 'web', namespace: 'shop', annotations: { 'cdk8s-karmada.io/path': 'shop/web' } },
    },
  ];

  test('because it is newer is one warning, and it is treated as the newest', async () => {
    const { code, stdout, stderr } = await cdk8sKarmada('validate -f in.json', {
      files: { 'in.json': shop('v1.19.0') },
    });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${NEWER}
✓ 3 objects: 3 admitted (2 of a kind that Karmada does not check), 1 warning
`,
      stderr: '',
    });
  });

  test('is one warning too when it is installed here, with whatever feature gates', async () => {
    const host = [
      parent('east', 'east', 'host', 'v1.19.0'),
      instance('east', ['--feature-gates=Brand=true,Failover=true'])[1],
    ];
    const files = { 'in.json': [...host, ...shop('v1.19.0')] };
    const { code, stdout, stderr } = await cdk8sKarmada('validate -f in.json', { files });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${INSTALLED}
✓ 3 objects: 3 admitted (2 of a kind that Karmada does not check), 1 warning
`,
      stderr: '',
    });
    const { objects } = JSON.parse((await cdk8sKarmada('validate -f in.json -o json', { files })).stdout);
    expect(objects.map(({ object, admitted }: any) => [object.kind, admitted])).toEqual([
      ['ConfigMap', true],
      ['ConfigMap', true],
      ['PropagationPolicy', true],
      ['ConfigMap', null],
    ]);
    expect(objects[3].findings.map(({ code }: any) => code)).toEqual(['MC105']);
  });

  test('can be acknowledged', async () => {
    const [record, ...others] = shop('v1.19.0');
    record.metadata.annotations['cdk8s-karmada.io/acknowledged'] = '{"MC105":"notes are read"}';
    const { stdout } = await cdk8sKarmada('validate -f in.json', { files: { 'in.json': [record, ...others] } });
    expect(stdout).toContain('acknowledged MC105: ');
    expect(stdout).toContain('  reason: notes are read\n');
  });

  test.each(['validate', 'plan --empty', 'preview --fleet fleet.yaml'])(
    'because it is too old is an error of `%s`, which says where it stands',
    async (words) => {
      const files = { 'in.json': shop('v1.15.3'), 'fleet.yaml': fleet('member1') };
      expect(await cdk8sKarmada(`${words} -f in.json`, { files })).toEqual({
        code: 3,
        stdout: '',
        stderr: `error: Karmada v1.15.3 is older than v1.16, the oldest release that is supported
  at metadata.annotations[cdk8s-karmada.io/version] of ConfigMap/cdk8s-karmada/east-shop-karmada
  fix: give the tag of a release, such as 'v1.16.8', 'v1.17.5', 'v1.18.2'
`,
      });
    },
  );

  test.each(['plan --empty', 'preview --fleet fleet.yaml'])('is one warning of `%s`', async (words) => {
    const files = { 'in.json': shop('v1.19.0'), 'fleet.yaml': fleet('member1', 'member2', 'member3') };
    const { stdout, stderr } = await cdk8sKarmada(`${words} -f in.json -o json`, { files });
    expect(stderr).toBe('');
    const { findings } = JSON.parse(stdout);
    expect(findings.filter(({ code }: any) => code === 'MC105').map(({ resource }: any) => resource.name)).toEqual([
      'east-shop-karmada',
    ]);
  });
});
