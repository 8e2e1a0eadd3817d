import type { App } from 'cdk8s';
import { Admission } from '../../src/admission/admission';
import { MulticloudChart } from '../../src/core/multicloud-chart';
import { MemberCluster } from '../../src/member/member-cluster';
import { Workspace, type WorkspaceProps } from '../../src/member/workspace';
import { WorkspaceAccess } from '../../src/member/workspace-access';
import { aChart, anInstance, bare, messageOf, objects } from '../core/fake-instance';

const group = 'rbac.authorization.k8s.io';
const edit = WorkspaceAccess.edit({ groups: ['developers'] });

test('a namespace for a group', () => {
  const chart = aChart();
  const workspace = new Workspace(chart, 'Shop', { namespaces: ['shop'], access: [edit] });

  expect(workspace.workspaceName).toBe('shop');
  expect(objects(chart)).toStrictEqual([
    {
      apiVersion: `${group}/v1`,
      kind: 'RoleBinding',
      metadata: {
        annotations: { 'cdk8s-karmada.io/path': 'shop/Shop/shop-edit', 'cdk8s-karmada.io/wave': '7' },
        name: 'workspace-shop-edit',
        namespace: 'shop',
      },
      roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'edit' },
      subjects: [{ apiGroup: group, kind: 'Group', name: 'developers' }],
    },
  ]);
});

test('everything', () => {
  const chart = aChart();
  const workspace = new Workspace(chart, 'shop', {
    workspaceName: 'web-shop',
    namespaces: ['shop', 'stage'],
    clusters: ['berlin', 'paris'],
    access: [
      WorkspaceAccess.admin({ users: ['anna'] }),
      WorkspaceAccess.view({ groups: ['support'] }),
      WorkspaceAccess.view({ users: ['auditor'], groups: ['support'] }),
    ],
  });
  const support = { apiGroup: group, kind: 'Group', name: 'support' };
  const auditor = { apiGroup: group, kind: 'User', name: 'auditor' };
  const anna = { apiGroup: group, kind: 'User', name: 'anna' };
  const bound = (kind: string, name: string, role: string, subjects: any[], namespace?: string) => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, ...(namespace && { namespace }) },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
    subjects,
  });
  const proxy = (name: string, verbs: string[]) => ({
    apiVersion: `${group}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: [
      {
        apiGroups: ['cluster.karmada.io'],
        resourceNames: ['berlin', 'paris'],
        resources: ['clusters'],
        verbs: ['get'],
      },
      { apiGroups: ['cluster.karmada.io'], resourceNames: ['berlin', 'paris'], resources: ['clusters/proxy'], verbs },
    ],
  });

  expect(bare(chart, 'RoleBinding')).toStrictEqual([
    bound('RoleBinding', 'workspace-web-shop-admin', 'admin', [anna], 'shop'),
    bound('RoleBinding', 'workspace-web-shop-view', 'view', [support, auditor], 'shop'),
    bound('RoleBinding', 'workspace-web-shop-admin', 'admin', [anna], 'stage'),
    bound('RoleBinding', 'workspace-web-shop-view', 'view', [support, auditor], 'stage'),
  ]);
  expect(bare(chart, 'ClusterRole')).toStrictEqual([
    proxy('workspace-web-shop-proxy-admin', ['*']),
    proxy('workspace-web-shop-proxy-view', ['get']),
  ]);
  expect(bare(chart, 'ClusterRoleBinding')).toStrictEqual([
    bound('ClusterRoleBinding', 'workspace-web-shop-proxy-admin', 'workspace-web-shop-proxy-admin', [anna]),
    bound('ClusterRoleBinding', 'workspace-web-shop-proxy-view', 'workspace-web-shop-proxy-view', [support, auditor]),
  ]);
  expect(workspace.roleBindings.map(({ metadata }) => metadata.namespace)).toStrictEqual([
    'shop',
    'shop',
    'stage',
    'stage',
  ]);
  expect(objects(chart).flatMap((object) => Admission.of().review(object).findings)).toStrictEqual([]);
});

test('a namespace and a name belong to one workspace of an instance, whatever the chart', () => {
  const instance = anInstance();
  const [one, other] = ['one', 'other'].map((id) => new MulticloudChart(instance.node.root as App, id, { instance }));
  new Workspace(one, 'shop', { namespaces: ['shop', 'stage'], access: [edit] });

  expect(messageOf(() => new Workspace(other, 'shop', { namespaces: ['lab', 'stage'], access: [edit] }))).toBe(
    [
      'workspace "shop" is made at one/shop already',
      '  at other/shop',
      '  fix: give one of the two another `workspaceName`',
      'namespace "stage" belongs to the workspace at one/shop already',
      '  at other/shop',
      '  fix: give the access to that workspace, or take the namespace out of one of the two',
    ].join('\n'),
  );
  expect(() => new Workspace(aChart(), 'shop', { namespaces: ['shop'], access: [edit] })).not.toThrow();
});

test('a cluster that the instance does not have is found at synth', () => {
  const chart = aChart();
  new MemberCluster(chart, 'berlin');
  new Workspace(chart, 'team', { namespaces: ['shop'], clusters: ['berlim'], access: [edit] });

  expect(messageOf(() => chart.toJson())).toBe(
    [
      'Validation failed with the following errors:',
      '  [shop/team] instance "east" has no member cluster "berlim"',
      '    at shop/team',
      '    fix: did you mean berlin? known clusters: berlin',
    ].join('\n'),
  );
});

describe('fails when', () => {
  const RULE = 'lower case letters, digits and -, beginning and ending with a letter or a digit';

  test.each<[string, WorkspaceProps, string[]]>([
    [
      'there is nothing in it',
      { namespaces: [], access: [] },
      [
        'Workspace is given no namespaces',
        '  at shop/team',
        '  fix: name one or more',
        "Workspace is given no access, so it is nobody's",
        '  at shop/team',
        '  fix: give one WorkspaceAccess or more',
      ],
    ],
    [
      'names cannot be such, are named twice, or are not for teams',
      {
        workspaceName: 'The Shop',
        namespaces: ['Shop', 'karmada-cluster', 'karmada-es-berlin', 'stage', 'stage'],
        clusters: ['*', 'paris', 'paris'],
        access: [edit],
      },
      [
        '"The Shop" cannot be the name of a workspace',
        '  at shop/team',
        `  fix: use at most 63 characters: ${RULE}`,
        '"Shop" cannot be the name of a namespace',
        '  at shop/team',
        `  fix: use at most 63 characters: ${RULE}`,
        ...['karmada-cluster', 'karmada-es-berlin'].flatMap((namespace) => [
          `namespace "${namespace}" is Karmada's or Kubernetes' own, where credentials of members lie and work on its way to them`,
          '  at shop/team',
          '  fix: leave it out: it is for administrators of the instance alone',
        ]),
        '"*" cannot be the name of a member cluster',
        '  at shop/team',
        `  fix: use at most 48 characters: ${RULE}`,
        'namespace "stage" is named twice in one workspace',
        '  at shop/team',
        '  fix: name it once',
        'member cluster "paris" is named twice in one workspace',
        '  at shop/team',
        '  fix: name it once',
      ],
    ],
  ])('%s', (_, props, lines) => {
    expect(messageOf(() => new Workspace(aChart(), 'team', props))).toBe(lines.join('\n'));
  });

  test('access is for nobody, or for everybody', () => {
    expect(messageOf(() => WorkspaceAccess.view({}))).toBe(
      'WorkspaceAccess.view is given nobody\n  fix: name one user or group or more',
    );
    expect(messageOf(() => WorkspaceAccess.admin({ users: [''], groups: ['system:authenticated'] }))).toBe(
      [
        'the name of a user is empty',
        '  fix: give the name, or leave it out',
        `"system:authenticated" is a group of Kubernetes' own, and nobody's workspace`,
        '  fix: name a user or a group of people or of your robots',
      ].join('\n'),
    );
  });
});
