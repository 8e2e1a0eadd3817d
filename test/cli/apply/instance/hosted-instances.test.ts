import type { ApiRequest, ApiServer } from '../../../../cli/apply/api-server';
import { hostedInstanceNamed, hostedInstances, pkiPlanOf } from '../../../../cli/apply/instance/hosted-instances';
import { inventoryData } from '../../../../cli/apply/inventory';
import { anInstance, find } from '../../../instance/an-instance';

const EVERYWHERE = '/api/v1/configmaps';
const inside = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`;
const forbidden = (what: string) => ({
  status: 403,
  body: { message: `configmaps is forbidden: User "ada" cannot list resource "${what}"` },
});

/** A host that answers as it is told, by path. */
function hostWith(answers: { readonly [path: string]: { readonly status: number; readonly body?: any } }): ApiServer & {
  readonly asked: ApiRequest[];
} {
  const asked: ApiRequest[] = [];
  return {
    plane: 'host',
    url: 'https://host:6443',
    name: 'context "prod"',
    asked,
    request: async (request) => {
      asked.push(request);
      const { status, body } = answers[request.path] ?? { status: 404, body: { message: 'not found' } };
      return { status, body, warnings: [] };
    },
    close: async () => undefined,
  };
}

function objectsOf(instanceName: string) {
  const { host } = anInstance({ instanceName, namespace: instanceName });
  const record = find(host, 'ConfigMap', `${instanceName}-east-host`);
  const etcd = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: instanceName,
    name: 'etcd',
    path: 'e',
    wave: 2,
  };
  return {
    record: { ...record, data: inventoryData([etcd]) },
    plan: find(host, 'ConfigMap', `${instanceName}-pki-plan`),
    etcd,
  };
}

const [east, west] = ['east', 'west'].map(objectsOf);
const plans = {
  [`${inside('east')}/east-pki-plan`]: { status: 200, body: east.plan },
  [`${inside('west')}/west-pki-plan`]: { status: 200, body: west.plan },
};

test('one list finds every instance, with what its record lists and its PKI plan', async () => {
  const foreign = { metadata: { name: 'x', namespace: 'y', labels: { 'applyset.kubernetes.io/id': 'applyset-1-v1' } } };
  const host = hostWith({
    [EVERYWHERE]: { status: 200, body: { items: [east.record, foreign, west.record] } },
    ...plans,
  });
  const found = await hostedInstances(host, {});
  expect(found.map(({ instanceName }) => instanceName).sort()).toEqual(['east', 'west']);
  const one = await hostedInstanceNamed(host, 'east', {});
  expect(one.members).toEqual([east.etcd]);
  expect(pkiPlanOf(one)).toMatchObject({ instance: 'east', namespace: 'east' });
  expect(host.asked.filter(({ path }) => path === EVERYWHERE)).toHaveLength(2);
  expect(host.asked[0].query).toMatchObject({ labelSelector: 'applyset.kubernetes.io/id' });
});

test('who may not list everywhere is shown what is in the namespaces that he may look into', async () => {
  const host = hostWith({
    [EVERYWHERE]: forbidden('configmaps'),
    '/api/v1/namespaces': { status: 200, body: { items: ['east', 'west'].map((name) => ({ metadata: { name } })) } },
    [inside('east')]: { status: 200, body: { items: [east.record] } },
    [inside('west')]: forbidden('configmaps'),
    ...plans,
  });
  expect((await hostedInstances(host, {})).map(({ instanceName }) => instanceName)).toEqual(['east']);
});

test('who may not list namespaces either can name them', async () => {
  const host = hostWith({
    [EVERYWHERE]: forbidden('configmaps'),
    '/api/v1/namespaces': forbidden('namespaces'),
    [inside('west')]: { status: 200, body: { items: [west.record] } },
    ...plans,
  });
  expect((await hostedInstances(host, {}, { namespaces: ['west'] })).map(({ namespace }) => namespace)).toEqual([
    'west',
  ]);
  await expect(hostedInstances(host, {})).rejects.toMatchObject({
    exitCode: 9,
    message: [
      'which instances the host has cannot be read: the server answered 403: configmaps is forbidden: User "ada" cannot list resource "configmaps"',
      '  at https://host:6443/api/v1/configmaps',
      '  fix: use credentials that may list ConfigMaps, at least in the namespace of the instance',
    ].join('\n'),
  });
});

test('an instance whose PKI plan is gone is found all the same', async () => {
  const host = hostWith({ [EVERYWHERE]: { status: 200, body: { items: [east.record] } } });
  const [found] = await hostedInstances(host, {});
  expect(found.pkiPlan).toBeUndefined();
  expect(pkiPlanOf(found)).toBeUndefined();
});
