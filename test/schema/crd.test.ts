import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';

const names = (manifests: any[]) => manifests.map(({ metadata }) => metadata.name);

test('an instance gets 19 CRDs, and Cluster is not one of them', () => {
  expect(crds()).toHaveLength(19);
  expect(names(crds())).not.toContain('clusters.cluster.karmada.io');
  expect(clusterCrdForTestsAlone().metadata.name).toBe('clusters.cluster.karmada.io');
});

test('a whole CRD', () => {
  const quota = crds().find(({ metadata }) => metadata.name === 'remedies.remedy.karmada.io');
  expect(quota).toEqual({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'remedies.remedy.karmada.io' },
    spec: {
      group: 'remedy.karmada.io',
      names: {
        categories: ['karmada-io'],
        kind: 'Remedy',
        listKind: 'RemedyList',
        plural: 'remedies',
        singular: 'remedy',
      },
      scope: 'Cluster',
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              required: ['spec'],
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                spec: {
                  type: 'object',
                  properties: {
                    actions: { type: 'array', items: { type: 'string' } },
                    clusterAffinity: {
                      type: 'object',
                      properties: { clusterNames: { type: 'array', items: { type: 'string' } } },
                    },
                    decisionMatches: {
                      type: 'array',
                      items: {
                        type: 'object',
                        properties: {
                          clusterConditionMatch: {
                            type: 'object',
                            required: ['conditionStatus', 'conditionType', 'operator'],
                            properties: {
                              conditionStatus: { type: 'string' },
                              conditionType: { type: 'string' },
                              operator: { type: 'string', enum: ['Equal', 'NotEqual'] },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  });
});

test('conversion goes to the kinds whose versions differ, and to no other', () => {
  const conversion = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };
  const converted = crds({ conversion }).filter(({ spec }) => spec.conversion);
  expect(names(converted)).toEqual(['clusterresourcebindings.work.karmada.io', 'resourcebindings.work.karmada.io']);
  expect(converted.map(({ spec }) => spec.conversion)).toEqual([conversion, conversion]);
  expect(crds().filter(({ spec }) => spec.conversion)).toEqual([]);
});

test('what a caller changes in one CRD is in no other', () => {
  const [policy] = crds().filter(({ metadata }) => metadata.name === 'propagationpolicies.policy.karmada.io');
  const before = JSON.stringify(crds());
  policy.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.placement.properties.extra = {};
  expect(JSON.stringify(crds())).toBe(before);
  expect(JSON.stringify(policy).match(/"extra"/g)).toHaveLength(1);
});
