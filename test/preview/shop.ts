import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import type { PreviewProps } from '../../src/preview/preview-props';

export function cluster(name: string, more: any = {}): any {
  return {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name, labels: more.labels },
    spec: { syncMode: 'Push', ...more.spec },
    status: {
      apiEnablements: [
        { groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] },
        {
          groupVersion: 'v1',
          resources: [
            { kind: 'ConfigMap', name: 'configmaps' },
            { kind: 'Namespace', name: 'namespaces' },
          ],
        },
      ],
    },
  };
}

export const fleet = Fleet.fromManifests([cluster('member1'), cluster('member2', { spec: { region: 'eu' } })]);

export const shop = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'prod', labels: { app: 'shop' } },
  spec: {
    replicas: 3,
    template: {
      spec: { containers: [{ name: 'main', image: 'shop:1', envFrom: [{ configMapRef: { name: 'conf' } }] }] },
    },
  },
};
export const conf = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'conf', namespace: 'prod' },
  data: { a: 'b' },
};

export function pp(spec: any, name = 'shop', kind = 'PropagationPolicy'): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind,
    metadata: kind === 'PropagationPolicy' ? { name, namespace: 'prod' } : { name },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }], ...spec },
  };
}

export function op(overriders: any, targetCluster?: any, kind = 'OverridePolicy'): any {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind,
    metadata: kind === 'OverridePolicy' ? { name: 'o', namespace: 'prod' } : { name: 'o' },
    spec: { overrideRules: [{ ...(targetCluster ? { targetCluster } : {}), overriders }] },
  };
}

export const EQUAL = { placement: { replicaScheduling: { replicaSchedulingType: 'Divided' } } };

export function preview(manifests: any[], props: Partial<PreviewProps> = {}): any {
  return Preview.of({ manifests, fleet, ...props }).toJson();
}

/** The whole message of what a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
