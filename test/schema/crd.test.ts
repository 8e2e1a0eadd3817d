import { KarmadaVersion } from '../../src/core/karmada-version';
import { clusterCrdForTestsAlone, crds, withoutNewer } from '../../src/schema/crd';

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

describe('the CRDs of an older release lack what came later', () => {
  /** Every field of a CRD, by its path in the schemas. */
  const fields = (schema: any, path: string): string[] => [
    ...Object.entries<any>(schema.properties ?? {}).flatMap(([name, each]) => [
      `${path}.${name}`,
      ...fields(each, `${path}.${name}`),
    ]),
    ...(schema.items ? fields(schema.items, `${path}[]`) : []),
    ...(schema.additionalProperties?.type ? fields(schema.additionalProperties, `${path}{}`) : []),
  ];
  const all = (version?: KarmadaVersion) =>
    crds({ version }).flatMap(({ spec }) =>
      spec.versions.flatMap((each: any) => fields(each.schema.openAPIV3Schema, `${spec.names.kind}/${each.name}`)),
    );
  const gone = (version: KarmadaVersion, kind: string) => {
    const here = new Set(all(version));
    const missing = all().filter((field) => field.startsWith(`${kind}/`) && !here.has(field));
    return missing.filter((field) => !missing.some((other) => field !== other && field.startsWith(other)));
  };

  test('v1.16 has neither affinity between workloads nor overflow groups', () => {
    expect(gone(KarmadaVersion.V1_16, 'PropagationPolicy')).toEqual([
      'PropagationPolicy/v1alpha1.spec.placement.clusterAffinities[].overflowAffinities',
      'PropagationPolicy/v1alpha1.spec.placement.workloadAffinity',
    ]);
    expect(gone(KarmadaVersion.V1_16, 'ResourceBinding')).toEqual([
      'ResourceBinding/v1alpha2.spec.placement.clusterAffinities[].overflowAffinities',
      'ResourceBinding/v1alpha2.spec.placement.workloadAffinity',
      'ResourceBinding/v1alpha2.spec.workloadAffinityGroups',
    ]);
  });

  test('v1.17 has no overflow groups', () => {
    expect(gone(KarmadaVersion.V1_17, 'PropagationPolicy')).toEqual([
      'PropagationPolicy/v1alpha1.spec.placement.clusterAffinities[].overflowAffinities',
    ]);
    expect(gone(KarmadaVersion.V1_17, 'OverridePolicy')).toEqual([]);
  });

  test('v1.18, and a release that is newer than the library, have everything', () => {
    expect(all(KarmadaVersion.V1_18)).toEqual(all());
    expect(all(KarmadaVersion.of('v1.19.0'))).toEqual(all());
  });

  test('a kind, a version, or a value of an enumeration can be what came later', () => {
    const remedy = () => crds().find(({ metadata }) => metadata.name === 'remedies.remedy.karmada.io');
    const since = 'v1.17';
    const came = { since, apiVersion: 'remedy.karmada.io/v1alpha1', kind: 'Remedy' };
    const path = 'spec.decisionMatches[].clusterConditionMatch.operator';
    const older = withoutNewer(remedy(), KarmadaVersion.V1_16, [{ ...came, path, value: 'NotEqual' }]);
    expect(JSON.stringify(older)).toBe(JSON.stringify(remedy()).replace('["Equal","NotEqual"]', '["Equal"]'));
    expect(withoutNewer(remedy(), KarmadaVersion.V1_16, [{ ...came, path: '' }]).spec.versions).toEqual([]);
    const matches = { ...came, path: 'spec.decisionMatches' };
    const operator = { ...came, since: 'v1.18', path };
    const alone = withoutNewer(remedy(), KarmadaVersion.V1_16, [matches]);
    expect(withoutNewer(remedy(), KarmadaVersion.V1_16, [matches, operator])).toEqual(alone);
    expect(withoutNewer(remedy(), KarmadaVersion.V1_17, [{ ...came, path: '' }])).toEqual(remedy());
  });
});
