import { KARMADA_CA } from '../certificates';
import { type ComponentName, type ControlPlane, has, KARMADA_SYSTEM, serviceDomain } from '../control-plane';
import { type Part, WAVES } from '../part';
import { injectCa } from './authority';

/** An API of Karmada's API server that a component serves. */
interface AggregatedApi {
  readonly id: string;
  readonly component: ComponentName;
  readonly group: string;
  readonly version: string;
  readonly priorities: readonly [group: number, version: number];
  /** Clusters are needed before anything else; the others are up to components that need Clusters. */
  readonly wave: number;
}

const CLUSTERS = 'karmada-aggregated-apiserver';
const METRICS = 'karmada-metrics-adapter';

/** Mirrors artifacts/deploy at v1.18.2. */
const APIS: readonly AggregatedApi[] = [
  {
    id: 'ClusterApi',
    component: CLUSTERS,
    group: 'cluster.karmada.io',
    version: 'v1alpha1',
    priorities: [2000, 10],
    wave: WAVES.kinds,
  },
  {
    id: 'SearchApi',
    component: 'karmada-search',
    group: 'search.karmada.io',
    version: 'v1alpha1',
    priorities: [2000, 10],
    wave: WAVES.webhooks,
  },
  {
    id: 'MetricsApi',
    component: METRICS,
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    priorities: [2000, 10],
    wave: WAVES.webhooks,
  },
  ...['v1beta1', 'v1beta2'].map((version) => ({
    id: `CustomMetricsApi-${version}`,
    component: METRICS as ComponentName,
    group: 'custom.metrics.k8s.io',
    version,
    priorities: [100, 200] as const,
    wave: WAVES.webhooks,
  })),
];

const SERVICES: { readonly [component: string]: string } = {
  [CLUSTERS]: 'ClusterApiService',
  'karmada-search': 'SearchApiService',
  [METRICS]: 'MetricsApiService',
};

/** The APIs that pods on the host serve, each with a Service on Karmada that stands for them. */
export function aggregatedApis(plane: ControlPlane): Part[] {
  const components = (Object.keys(SERVICES) as ComponentName[]).filter((name) => has(plane, name));
  return components.flatMap((component) => [
    {
      id: SERVICES[component],
      wave: WAVES.kinds,
      manifest: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: component, namespace: KARMADA_SYSTEM, labels: labelsOf(component) },
        spec: { type: 'ExternalName', externalName: serviceDomain(plane, component) },
      },
    },
    ...APIS.filter((api) => api.component === component).map(apiService),
  ]);
}

function apiService({ id, component, group, version, priorities, wave }: AggregatedApi): Part {
  const [groupPriorityMinimum, versionPriority] = priorities;
  return {
    id,
    wave,
    manifest: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.${group}`, labels: labelsOf(component), annotations: injectCa(KARMADA_CA) },
      spec: {
        group,
        version,
        groupPriorityMinimum,
        versionPriority,
        service: { namespace: KARMADA_SYSTEM, name: component, port: 443 },
      },
    },
  };
}

function labelsOf(component: string): { [key: string]: string } {
  return { app: component, apiserver: 'true' };
}
