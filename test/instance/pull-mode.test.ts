import { Findings } from '../../src/core/findings';
import { ApiServerExposure } from '../../src/instance/api-server-exposure';
import { PullMode } from '../../src/instance/pull-mode';
import { anInstance, find } from './an-instance';

const server = 'https://karmada.example.com:5443';
const exposure = ApiServerExposure.loadBalancer({
  subjectAlternativeNames: ['karmada.example.com', '*.lb.example', '203.0.113.7'],
});
const karmadaWith = (pullMode?: PullMode) => anInstance({ pullMode, exposure }).karmada;
const without = karmadaWith();
/** What a way adds. */
const added = (pullMode: PullMode) =>
  karmadaWith(pullMode)
    .filter(({ kind, metadata }) => !without.some((each) => each.kind === kind && each.metadata.name === metadata.name))
    .map(({ kind, metadata }) => `${kind}/${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`);

test('an agent may renew its own certificate in any case, and nothing else is there', () => {
  expect(find(without, 'ClusterRole', 'system:karmada:certificatesigningrequest:selfautoapprover').rules).toEqual([
    {
      apiGroups: ['certificates.k8s.io'],
      resources: ['certificatesigningrequests/selfclusteragent'],
      verbs: ['create'],
    },
  ]);
  expect(find(without, 'ClusterRoleBinding', 'system:karmada:agent-autoapprove-certificate-rotation')).toMatchObject({
    metadata: { annotations: { 'cdk8s-karmada.io/wave': '5' } },
    roleRef: { kind: 'ClusterRole', name: 'system:karmada:certificatesigningrequest:selfautoapprover' },
    subjects: [{ kind: 'Group', name: 'system:karmada:agents' }],
  });
  expect(JSON.stringify(without)).not.toMatch(/bootstrappers|anonymous|cluster-info|rbac-generator/);
});

test('members that somebody joins need to know where Karmada is', () => {
  expect(added(PullMode.joined({ server: `${server}/` }))).toEqual(['ConfigMap/kube-public/cluster-info']);
  expect(find(karmadaWith(PullMode.joined({ server: `${server}/` })), 'ConfigMap', 'cluster-info')).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'cluster-info',
      namespace: 'kube-public',
      annotations: {
        'cdk8s-karmada.io/inject-ca': 'karmada-ca',
        'cdk8s-karmada.io/path': 'east/karmada/ClusterInfo',
        'cdk8s-karmada.io/wave': '5',
      },
    },
    data: { server },
  });
});

test('whoever has a token may ask for a certificate, and everybody may read where Karmada is', () => {
  const karmada = karmadaWith(PullMode.requested({ server }));
  expect(added(PullMode.requested({ server }))).toEqual([
    'ConfigMap/kube-public/cluster-info',
    'Role/kube-public/system:karmada:bootstrap-signer-clusterinfo',
    'RoleBinding/kube-public/system:karmada:bootstrap-signer-clusterinfo',
    'ClusterRole/system:karmada:agent-bootstrap',
    'ClusterRoleBinding/system:karmada:agent-bootstrap',
  ]);
  expect(find(karmada, 'Role', 'system:karmada:bootstrap-signer-clusterinfo').rules).toEqual([
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['cluster-info'], verbs: ['get'] },
  ]);
  expect(find(karmada, 'RoleBinding', 'system:karmada:bootstrap-signer-clusterinfo').subjects).toEqual([
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:anonymous' },
  ]);
  expect(find(karmada, 'ClusterRole', 'system:karmada:agent-bootstrap').rules).toEqual([
    { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests'], verbs: ['create', 'get'] },
  ]);
  expect(find(karmada, 'ClusterRoleBinding', 'system:karmada:agent-bootstrap').subjects).toEqual([
    {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name: 'system:bootstrappers:karmada:default-cluster-token',
    },
  ]);
});

describe('whoever has a token gets a certificate', () => {
  const pullMode = PullMode.autoApproved({ server });

  test('by one right more', () => {
    expect(added(pullMode).slice(5)).toEqual([
      'ClusterRole/system:karmada:certificatesigningrequest:autoapprover',
      'ClusterRoleBinding/system:karmada:agent-autoapprove-bootstrap',
    ]);
    expect(
      find(karmadaWith(pullMode), 'ClusterRole', 'system:karmada:certificatesigningrequest:autoapprover').rules,
    ).toEqual([
      { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/clusteragent'], verbs: ['create'] },
    ]);
  });

  test('which is said', () => {
    expect(Findings.of(anInstance({ pullMode, exposure }).instance).all).toEqual([
      {
        code: 'MC108',
        level: 'warning',
        path: 'metadata.annotations[cdk8s-karmada.io/pull-mode]',
        message: 'whoever holds a bootstrap token gets the certificate of any agent, those of other members too',
        fix: 'use PullMode.requested, so that a person approves each, or PullMode.joined',
        constructPath: 'east/karmada/ApplySetParent',
        object: 'ConfigMap/cdk8s-karmada/east-east-karmada',
        acknowledged: undefined,
      },
    ]);
    expect(Findings.of(anInstance({ pullMode: PullMode.requested({ server }), exposure }).instance).all).toEqual([]);
  });
});

test('nobody becomes the user of karmadactl who may do everything', () => {
  for (const pullMode of [
    PullMode.joined({ server }),
    PullMode.requested({ server }),
    PullMode.autoApproved({ server }),
  ]) {
    const all = karmadaWith(pullMode);
    expect(JSON.stringify(all)).not.toContain('rbac-generator');
    const everything = all.filter(({ rules = [] }) => rules.some(({ resources = [] }: any) => resources.includes('*')));
    expect(everything).toEqual([]);
  }
});

describe('the server', () => {
  test.each([
    server,
    'https://a.lb.example',
    'https://203.0.113.7:6443',
    'https://KARMADA.example.com',
    'https://karmada-apiserver.karmada-system.svc:5443',
  ])('%s is in the certificate', (each) => {
    expect(() => karmadaWith(PullMode.joined({ server: each }))).not.toThrow();
  });

  test.each(['other.example.com', 'a.b.lb.example', '203.0.113.8'])('%s is not, and no agent would come in', (host) => {
    const pullMode = PullMode.joined({ server: `https://${host}:5443` });
    expect(() => anInstance({ pullMode, exposure })).toThrow(
      new Error(`members are told to reach the API server at https://${host}:5443, and its certificate does not hold "${host}"
  at east
  fix: add "${host}" to the subjectAlternativeNames of \`exposure\``),
    );
  });

  test.each(['', 'karmada.example.com', 'http://karmada.example.com', 'https://', 'https://a/path', 'https://a?b'])(
    '"%s" is none',
    (each) => {
      expect(() => PullMode.joined({ server: each })).toThrow(
        new Error(`server must be an https URL of a host and a port alone, got "${each}"
  at PullMode.joined
  fix: write it like https://karmada.example.com:5443`),
      );
    },
  );

  test('has no password, which is not said', () => {
    expect(() => PullMode.requested({ server: 'https://me:hunter2@a' })).toThrow(
      new Error(`server must have no user and no password: the output is for everybody to read
  at PullMode.requested
  fix: write it like https://karmada.example.com:5443`),
    );
  });
});
