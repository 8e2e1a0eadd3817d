import { Adviser } from '../../src/rules/adviser';
import { AGGREGATED, advice, DUPLICATED, DYNAMIC, deployment, object, overriding, propagation, STATIC } from './advice';

const CRON_JOB = object('batch/v1', 'CronJob', 'nightly');
const CRON = [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly' }];

describe('MC031', () => {
  it('a CronJob under a policy that divides', () => {
    expect(
      advice('MC031', [CRON_JOB, propagation({ selectors: CRON, placement: { replicaScheduling: STATIC } })]),
    ).toEqual([
      'CronJob/shop/nightly spec: PropagationPolicy/shop/web divides, but a CronJob goes whole to each cluster: it runs once ' +
        'in each; duplicate it to the clusters that are to run it, or choose one cluster',
    ]);
  });

  it('a DaemonSet', () => {
    const placement = { replicaScheduling: STATIC };
    const selectors = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' }];
    expect(advice('MC031', [object('apps/v1', 'DaemonSet', 'agent'), propagation({ selectors, placement })])).toEqual([
      'DaemonSet/shop/agent spec: PropagationPolicy/shop/web divides, but a DaemonSet goes whole to each cluster: it has no ' +
        'replicas; duplicate it to the clusters that are to run it, or choose one cluster',
    ]);
  });

  it('a Job that counts indexes', () => {
    const job = (completionMode: string) => object('batch/v1', 'Job', 'render', { spec: { completionMode } });
    const selectors = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'render' }];
    const divided = propagation({ selectors, placement: { replicaScheduling: AGGREGATED } });
    expect(advice('MC031', [job('Indexed'), divided])).toEqual([
      'Job/shop/render spec.completionMode: PropagationPolicy/shop/web divides its completions, and each cluster counts the ' +
        'indexes of its part from 0: low ones run several times, high ones never; choose one cluster, or let the pods take ' +
        'their work from a queue and leave completionMode out',
    ]);
    expect(advice('MC031', [job('NonIndexed'), divided])).toEqual([]);
    expect(advice('MC031', [job('Indexed'), propagation({ selectors })])).toEqual([]);
  });

  it('not in one cluster', () => {
    const placement = { replicaScheduling: STATIC, clusterAffinity: { clusterNames: ['berlin'] } };
    expect(advice('MC031', [CRON_JOB, propagation({ selectors: CRON, placement })])).toEqual([]);
  });

  it('not one that is duplicated, or selected by nobody, or of which Karmada was taught the replicas', () => {
    const divided = propagation({ selectors: CRON, placement: { replicaScheduling: STATIC } });
    const taught = {
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterCustomization',
      metadata: { name: 'cron' },
      spec: { target: { apiVersion: 'batch/v1', kind: 'CronJob' } },
    };
    expect(advice('MC031', [CRON_JOB, propagation({ selectors: CRON })])).toEqual([]);
    expect(advice('MC031', [CRON_JOB, propagation({ placement: { replicaScheduling: STATIC } })])).toEqual([]);
    expect(advice('MC031', [CRON_JOB, divided, taught])).toEqual([]);
  });
});

describe('MC032', () => {
  const selectors = [{ apiVersion: 'ray.io/v1', kind: 'RayJob' }];
  const job = object('ray.io/v1', 'RayJob', 'train');

  it('a workload of several components under a policy that divides', () => {
    expect(advice('MC032', [job, propagation({ selectors, placement: { replicaScheduling: AGGREGATED } })])).toEqual([
      'RayJob/shop/train spec: PropagationPolicy/shop/web divides, but a workload of several components goes whole to each ' +
        'cluster; spread it by cluster with minGroups and maxGroups 1, or duplicate it',
    ]);
  });

  it('not one that is duplicated, and no Job of Kubernetes', () => {
    expect(advice('MC032', [job, propagation({ selectors })])).toEqual([]);
    const own = [{ apiVersion: 'batch/v1', kind: 'Job' }];
    const divided = propagation({ selectors: own, placement: { replicaScheduling: AGGREGATED } });
    expect(advice('MC032', [object('batch/v1', 'Job', 'train'), divided])).toEqual([]);
  });
});

describe('MC040', () => {
  const web = deployment('web', {
    serviceAccountName: 'web',
    volumes: [{ name: 'conf', configMap: { name: 'conf' } }],
  });
  const conf = object('v1', 'ConfigMap', 'conf');
  const account = object('v1', 'ServiceAccount', 'web');

  it('what a workload refers to and no policy sends', () => {
    const message = (needs: string) =>
      `Deployment/shop/web spec.template.spec: it needs ${needs}, which stays on Karmada: no policy selects it, and ` +
      'PropagationPolicy/shop/web does not propagate dependencies; set propagateDeps in the policy, or place the dependency ' +
      'with a policy of its own';
    expect(advice('MC040', [web, conf, account, propagation()])).toEqual([
      message('ConfigMap/shop/conf'),
      message('ServiceAccount/shop/web'),
    ]);
  });

  it('not where the policy propagates dependencies, or another one selects them', () => {
    expect(advice('MC040', [web, conf, propagation({ spec: { propagateDeps: true } })])).toEqual([]);
    const own = propagation({ name: 'conf', selectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'conf' }] });
    expect(advice('MC040', [web, conf, propagation(), own])).toEqual([]);
    expect(advice('MC040', [web, conf, propagation()], { existing: [own] })).toEqual([]);
  });

  it('not what is not in the input, nor in another namespace, nor where the workload stays too', () => {
    expect(advice('MC040', [web, propagation()])).toEqual([]);
    const elsewhere = { ...conf, metadata: { name: 'conf', namespace: 'other' } };
    expect(advice('MC040', [web, elsewhere, propagation()])).toEqual([]);
    expect(advice('MC040', [web, conf])).toEqual([]);
  });

  const service = object('v1', 'Service', 'front', { spec: { selector: { app: 'web' } } });

  it('a Service in front of a workload that goes without it', () => {
    expect(advice('MC040', [deployment(), service, propagation({ spec: { propagateDeps: true } })])).toEqual([
      'Service/shop/front spec.selector: it serves the pods of Deployment/shop/web, but stays on Karmada: no policy selects ' +
        'it, and Services never follow; place it with the workload: add it to the resourceSelectors of that policy',
    ]);
  });

  it('not a Service that is placed, spans clusters, serves other pods, or selects none', () => {
    const both = propagation({
      selectors: [
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { apiVersion: 'v1', kind: 'Service' },
      ],
    });
    expect(advice('MC040', [deployment(), service, both])).toEqual([]);
    const spanning = object('networking.karmada.io/v1alpha1', 'MultiClusterService', 'front');
    expect(advice('MC040', [deployment(), service, spanning, propagation()])).toEqual([]);
    const other = object('v1', 'Service', 'front', { spec: { selector: { app: 'web', tier: 'gold' } } });
    const external = object('v1', 'Service', 'front', { spec: { type: 'ExternalName' } });
    expect(advice('MC040', [deployment(), other, external, propagation()])).toEqual([]);
  });
});

describe('MC042', () => {
  it('a selector of another version of the API', () => {
    const selectors = [{ apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web' }];
    expect(advice('MC042', [deployment(), propagation({ selectors })])).toEqual([
      'PropagationPolicy/shop/web spec.resourceSelectors[0].apiVersion: it selects Deployment of apps/v1beta1, but "web" is of ' +
        'apps/v1: Karmada compares the texts; set apiVersion to apps/v1',
    ]);
  });

  it('a selector that fits no object of its kind, also of an override', () => {
    const said =
      'spec.resourceSelectors[0]: it selects no Deployment of the input; correct apiVersion, kind, namespace, name and ' +
      'labels of the selector; acknowledge this when the object is on Karmada already';
    expect(advice('MC042', [deployment('wbe'), propagation(), overriding([])])).toEqual([
      `PropagationPolicy/shop/web ${said}`,
      `OverridePolicy/shop/web ${said}`,
    ]);
  });

  it('not where it fits, and not where the input holds nothing of that kind in the namespace', () => {
    expect(advice('MC042', [deployment(), propagation(), overriding([])])).toEqual([]);
    expect(advice('MC042', [object('v1', 'ConfigMap', 'web'), propagation()])).toEqual([]);
    const elsewhere = { ...deployment('api'), metadata: { name: 'api', namespace: 'other' } };
    expect(advice('MC042', [elsewhere, propagation()])).toEqual([]);
  });
});

describe('MC043', () => {
  it('two policies that only their names tell apart', () => {
    expect(advice('MC043', [deployment(), propagation({ name: 'b' }), propagation({ name: 'a' })])).toEqual([
      'Deployment/shop/web metadata.name: PropagationPolicy/shop/a takes it only because its name comes before ' +
        'PropagationPolicy/shop/b: all fit equally well; give one of them a higher priority, or make them select different ' +
        'objects',
    ]);
  });

  it('not where priority or fit decides, nor for one of each scope', () => {
    const kind = [{ apiVersion: 'apps/v1', kind: 'Deployment' }];
    expect(advice('MC043', [deployment(), propagation(), propagation({ name: 'a', spec: { priority: 1 } })])).toEqual(
      [],
    );
    expect(advice('MC043', [deployment(), propagation(), propagation({ name: 'a', selectors: kind })])).toEqual([]);
    const wide = { ...propagation(), kind: 'ClusterPropagationPolicy', metadata: { name: 'wide' } };
    expect(advice('MC043', [deployment(), propagation(), wide])).toEqual([]);
  });
});

describe('MC061', () => {
  const asking = (resources: any) => deployment('web', { containers: [{ name: 'web', image: 'web:1', resources }] });

  it.each([
    ['aggregated', AGGREGATED],
    ['divided by available replicas', DYNAMIC],
  ])('no requests where replicas are %s', (_, replicaScheduling) => {
    expect(advice('MC061', [deployment(), propagation({ placement: { replicaScheduling } })])).toEqual([
      'Deployment/shop/web spec.template.spec.containers: no container requests cpu or memory, but PropagationPolicy/shop/web ' +
        'divides by what clusters have room for; request cpu and memory for each container, or divide by static weights',
    ]);
  });

  it('not with a request or a limit, nor where capacity does not count', () => {
    const dynamic = propagation({ placement: { replicaScheduling: DYNAMIC } });
    expect(advice('MC061', [asking({ requests: { memory: '1Gi' } }), dynamic])).toEqual([]);
    expect(advice('MC061', [asking({ limits: { cpu: 1 } }), dynamic])).toEqual([]);
    expect(advice('MC061', [deployment(), propagation({ placement: { replicaScheduling: STATIC } })])).toEqual([]);
    expect(advice('MC061', [deployment('api'), dynamic])).toEqual([]);
  });
});

describe('autoscalers', () => {
  const autoscaler = (metric: any) =>
    object('autoscaling.karmada.io/v1alpha1', 'FederatedHPA', 'web', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, metrics: [metric] },
    });
  const cpu = (type: string) => ({ type: 'Resource', resource: { name: 'cpu', target: { type } } });
  const requesting = deployment('web', {
    containers: [
      { name: 'web', resources: { requests: { cpu: '1' } } },
      { name: 'log', resources: { requests: { memory: '1Gi' } } },
    ],
  });

  it('MC130: a share of requests that nobody made', () => {
    const end = 'request cpu for each container, or scale by AverageValue';
    expect(advice('MC130', [autoscaler(cpu('Utilization')), requesting])).toEqual([
      'FederatedHPA/shop/web spec.metrics[0].resource: it scales by the share of the requested cpu that is used, but ' +
        `Deployment/shop/web requests none for "log"; ${end}`,
    ]);
    const ofLog = {
      type: 'ContainerResource',
      containerResource: { ...cpu('Utilization').resource, container: 'log' },
    };
    expect(advice('MC130', [autoscaler(ofLog), requesting])).toEqual([
      'FederatedHPA/shop/web spec.metrics[0].containerResource: it scales by the share of the requested cpu that is used, but ' +
        `Deployment/shop/web requests none for "log"; ${end}`,
    ]);
  });

  it('MC130: not by value, nor for a container that requests, nor where the workload is not in the input', () => {
    const ofWeb = {
      type: 'ContainerResource',
      containerResource: { ...cpu('Utilization').resource, container: 'web' },
    };
    expect(advice('MC130', [autoscaler(cpu('AverageValue')), requesting])).toEqual([]);
    expect(advice('MC130', [autoscaler(ofWeb), requesting])).toEqual([]);
    expect(advice('MC130', [autoscaler(cpu('Utilization'))])).toEqual([]);
  });

  it('MC131: nobody serves the metrics', () => {
    const said = (metricsAdapter?: boolean) =>
      new Adviser({ installed: true, metricsAdapter })
        .advise([autoscaler(cpu('AverageValue')), requesting])
        .filter(({ finding }) => finding.code === 'MC131')
        .map(({ finding }) => [finding.path, finding.message, finding.fix]);
    expect(said(false)).toEqual([
      [
        'spec.metrics',
        'it scales by metrics, and its instance has no karmada-metrics-adapter to serve them',
        'install it with `components: { karmadaMetricsAdapter: {} }` of the instance',
      ],
    ]);
    expect([said(true), said()]).toEqual([[], []]);
  });

  it('MC132: one number for all, given to each', () => {
    expect(advice('MC132', [autoscaler(cpu('Utilization')), requesting, propagation()])).toEqual([
      'FederatedHPA/shop/web spec.scaleTargetRef: it scales Deployment/shop/web for all clusters together, but ' +
        'PropagationPolicy/shop/web gives each of them that number; divide the replicas of the workload',
    ]);
  });

  it.each([
    ['divided', { replicaScheduling: STATIC }],
    ['of one cluster', { replicaScheduling: DUPLICATED, clusterAffinity: { clusterNames: ['east'] } }],
    ['spread to one cluster', { spreadConstraints: [{ spreadByField: 'cluster', minGroups: 1, maxGroups: 1 }] }],
  ])('MC132: not %s', (_, placement) => {
    expect(advice('MC132', [autoscaler(cpu('Utilization')), requesting, propagation({ placement })])).toEqual([]);
  });
});
