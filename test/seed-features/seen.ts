import { App } from 'cdk8s';
import { MulticloudChart, type MulticloudChartProps } from '../../src/core/multicloud-chart';
import { MulticloudInstance } from '../../src/instance/multicloud-instance';
import { Fleet } from '../../src/preview/fleet';
import { Preview } from '../../src/preview/preview';
import { MulticloudDeployment, type MulticloudDeploymentProps } from '../../src/workload/multicloud-deployment';
import { bare } from '../core/fake-instance';

/** A chart for a Karmada that runs already: synth asks the real admission about every object. */
export function aChart(props: Partial<MulticloudChartProps> = {}): MulticloudChart {
  const app = new App();
  const instance = props.instance ?? MulticloudInstance.fromExisting(app, 'east', { instanceName: 'east' });
  return new MulticloudChart(instance.node.root as App, 'shop', { ...props, instance });
}

/** A deployment of one container in a chart of its own. */
export function web(props: Partial<MulticloudDeploymentProps> = {}): MulticloudDeployment {
  return new MulticloudDeployment(aChart(), 'web', { containers: [{ image: 'registry.example/web:1' }], ...props });
}

/** The chart that something stands in directly. */
export function chartOf(construct: { readonly node: { readonly scope?: any } }): MulticloudChart {
  return construct.node.scope;
}

/** What is synthesized of a kind, when it is one object. */
export function only(kind: string, chart: MulticloudChart): any {
  const found = bare(chart, kind);
  expect(found).toHaveLength(1);
  return found[0];
}

/** The pod of a deployment with these settings. */
export function podOf(props: Partial<MulticloudDeploymentProps>): any {
  return only('Deployment', chartOf(web(props))).spec.template;
}

/** The placement that Karmada is told for a deployment. */
export function placementOf(props: Partial<MulticloudDeploymentProps>): any {
  return only('PropagationPolicy', chartOf(web(props))).spec.placement;
}

const KINDS: { readonly [groupVersion: string]: readonly string[] } = {
  'apps/v1': ['Deployment'],
  v1: ['ConfigMap', 'Secret', 'Namespace', 'Service', 'ServiceAccount', 'PersistentVolumeClaim'],
};

/** A member cluster as `kubectl get clusters` prints it, with so many free CPUs. */
export function cluster(name: string, spec: any = {}, labels: any = {}, cpus = 8): any {
  return {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name, labels },
    spec: { syncMode: 'Push', ...spec },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      apiEnablements: Object.entries(KINDS).map(([groupVersion, kinds]) => ({
        groupVersion,
        resources: kinds.map((kind) => ({ kind, name: `${kind.toLowerCase()}s` })),
      })),
      resourceSummary: { allocatable: { cpu: `${cpus}`, memory: '64Gi', pods: '110' } },
    },
  };
}

/** What Karmada makes of a chart on these clusters. */
export function seen(chart: MulticloudChart, ...clusters: any[]): any {
  return Preview.of({ manifests: chart.toJson(), fleet: Fleet.fromManifests(clusters) }).toJson();
}

/** Cluster to replicas, of the only outcome for the workload. */
export function replicasOn(chart: MulticloudChart, ...clusters: any[]): any {
  const { outcomes } = workload(seen(chart, ...clusters));
  expect(outcomes).toHaveLength(1);
  return Object.fromEntries(outcomes[0].clusters.map(({ name, replicas }: any) => [name, replicas]));
}

/** What is said of the deployment. */
export function workload(preview: any): any {
  return preview.resources.find(({ resource }: any) => resource.kind === 'Deployment');
}
