import { Placement } from '../../src/policy/placement';
import { MulticloudDeployment, type MulticloudDeploymentProps } from '../../src/workload/multicloud-deployment';
import { aChart, bare, messageOf } from '../core/fake-instance';

const LABEL = 'resourcetemplate.karmada.io/retain-replicas';
const DIVIDED =
  'the placement divides the replicas, and the clusters keep their own (`retainReplicas`), so no share would ever reach a running deployment';
const FIX = 'give Placement.duplicated() and an autoscaler in each cluster, or `autoscale` and no `retainReplicas`';

function labels(props: Partial<MulticloudDeploymentProps>): any {
  const chart = aChart();
  new MulticloudDeployment(chart, 'web', { containers: [{ image: 'a:1' }], ...props });
  return bare(chart, 'Deployment')[0].metadata.labels;
}

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front, labels: {${LABEL}: "true"}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{image: "web:1", name: web}]}
`;

test('clusters keep their own replicas by a label, beside those of the user', () => {
  expect(labels({ retainReplicas: true, labels: { tier: 'front' } })).toEqual({ [LABEL]: 'true', tier: 'front' });
  expect(labels({ retainReplicas: true, placement: Placement.duplicated() })).toEqual({ [LABEL]: 'true' });
  expect(labels({ retainReplicas: false, placement: Placement.aggregated() })).toBeUndefined();
  expect(labels({ labels: { [LABEL]: 'false' }, placement: Placement.aggregated() })).toEqual({ [LABEL]: 'false' });
});

test.each<[string, Partial<MulticloudDeploymentProps>]>([
  ['Placement.aggregated', { placement: Placement.aggregated() }],
  ['Placement.dynamicWeight', { placement: Placement.dynamicWeight() }],
])('fails with %s', (_, props) => {
  expect(messageOf(() => labels({ retainReplicas: true, ...props }))).toBe(`${DIVIDED}\n  at shop/web\n  fix: ${FIX}`);
});

test('fails with the label by hand, too, also when something else makes the deployment', () => {
  const placement = Placement.dynamicWeight();
  const message = `${DIVIDED}\n  at shop/web\n  fix: ${FIX}`;

  expect(messageOf(() => labels({ labels: { [LABEL]: 'true' }, placement }))).toBe(message);
  expect(messageOf(() => MulticloudDeployment.fromYaml(aChart(), 'web', { yaml: manifest, placement }))).toBe(message);
  expect(
    messageOf(() => MulticloudDeployment.adopt(aChart(), 'web', { manifest, fromCluster: 'berlin', placement })),
  ).toBe(message);
});

test('says what else is wrong in the same error', () => {
  const props = { retainReplicas: true, replicas: -1, placement: Placement.aggregated() };

  expect(messageOf(() => labels(props))).toBe(
    [
      '`replicas` must be a whole number of 0 or more, got -1',
      '  at shop/web',
      '  fix: give one of 0 or more',
      DIVIDED,
      '  at shop/web',
      `  fix: ${FIX}`,
    ].join('\n'),
  );
});
