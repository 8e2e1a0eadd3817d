/** Short ways to write the objects that the tables of rules are about. */
const POLICY = 'policy.karmada.io/v1alpha1';
const AUTOSCALING = 'autoscaling.karmada.io/v1alpha1';
export const NETWORKING = 'networking.karmada.io/v1alpha1';
export const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

export function object(kind: string, spec: any, apiVersion = POLICY, name = 'x') {
  return { apiVersion, kind, metadata: { name }, spec };
}
export const propagation = (spec: any) => object('PropagationPolicy', { resourceSelectors: [WEB], ...spec });
export const placement = (value: any) => propagation({ placement: value });
export const spread = (...spreadConstraints: any[]) => placement({ spreadConstraints });
export const application = (value: any) => propagation({ propagateDeps: true, failover: { application: value } });
export const rule = (overriders: any) => ({ overrideRules: [{ overriders }] });
export const override = (spec: any) => object('OverridePolicy', spec);
export const clusterOverride = (spec: any) => object('ClusterOverridePolicy', spec);
export const field = (value: any) => override(rule({ fieldOverrider: [{ fieldPath: '/data/x', ...value }] }));
export const patch = (value: any) => field({ json: [{ subPath: '/a', ...value }] });
export const cron = (value: any, target: any = WEB) =>
  object(
    'CronFederatedHPA',
    { scaleTargetRef: target, rules: [{ name: 'r', schedule: '@hourly', ...value }] },
    AUTOSCALING,
  );
export const hpa = (value: any) =>
  object('FederatedHPA', { scaleTargetRef: WEB, maxReplicas: 3, ...value }, AUTOSCALING);
export const quota = (overall: any, ...hard: any[]) => {
  const staticAssignments = hard.map((each) => ({ clusterName: 'east', hard: each }));
  return object('FederatedResourceQuota', { overall, staticAssignments });
};
export const service = (types: any[], name = 'x') => object('MultiClusterService', { types }, NETWORKING, name);
export const ingress = (path: any, host = 'a.example.com') => {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  return object('MultiClusterIngress', { rules: [{ host, http: { paths: [{ backend, ...path }] } }] }, NETWORKING);
};
export const cluster = (spec: any, name = 'east') =>
  object('Cluster', { syncMode: 'Push', ...spec }, 'cluster.karmada.io/v1alpha1', name);
export const models = (...ranges: [number, string, string][]) =>
  cluster({ resourceModels: ranges.map(([grade, min, max]) => ({ grade, ranges: [{ name: 'cpu', min, max }] })) });
export const HPA = { apiVersion: AUTOSCALING, kind: 'FederatedHPA', name: 'web' };
export const IMPORT = { apiVersion: 'multicluster.x-k8s.io/v1alpha1', kind: 'ServiceImport' };
