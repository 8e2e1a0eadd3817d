// Admission in a process of its own. `write <file>`: 10,000 policies, each another one. `review <file>`: what Karmada would
// store of each, all held at once.
const { readFileSync, writeFileSync } = require('node:fs');

const [what, file] = process.argv.slice(2);
const COUNT = 10000;

/** As a team writes one, with a part of everything. */
const policy = (i) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: `web-${i}`, namespace: `team-${i % 100}`, labels: { app: `web-${i}` } },
  spec: {
    resourceSelectors: [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: `web-${i}` },
      { apiVersion: 'v1', kind: 'Service', name: `web-${i}` },
    ],
    propagateDeps: true,
    failover: { application: { decisionConditions: { tolerationSeconds: 60 + (i % 100) } } },
    placement: {
      clusterAffinities: [
        {
          affinityName: 'near',
          fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
        },
        { affinityName: 'far', labelSelector: { matchLabels: { tier: `t${i % 7}` } } },
      ],
      clusterTolerations: [{ key: 'maintenance', operator: 'Exists', effect: 'NoSchedule' }],
      spreadConstraints: [
        { spreadByField: 'region', minGroups: 1, maxGroups: 2 },
        { spreadByField: 'cluster', minGroups: 1, maxGroups: 2 + (i % 5) },
      ],
      replicaScheduling: {
        replicaSchedulingType: 'Divided',
        replicaDivisionPreference: 'Weighted',
        weightPreference: {
          staticWeightList: [
            { targetCluster: { clusterNames: [`eu-${i}`] }, weight: 1 + (i % 9) },
            { targetCluster: { clusterNames: [`us-${i}`] }, weight: 2 },
          ],
        },
      },
    },
  },
});

if (what === 'write') {
  writeFileSync(file, JSON.stringify(Array.from({ length: COUNT }, (_, i) => policy(i))));
} else {
  const { Admission } = require('..');
  const admission = Admission.of();
  const verdicts = JSON.parse(readFileSync(file, 'utf8')).map((each) => admission.review(each));
  const refused = verdicts.find(({ admitted }) => !admitted);
  if (refused) throw new Error(`a policy of the bench is refused: ${refused.findings[0].message}`);
}
