import { foretold } from '../../cli/plan/day-two/foretold';
import { pauseIntent, restartIntent, suspendIntent } from '../../cli/plan/day-two/operation';
import { shown } from '../../cli/plan/day-two/shown';
import { workloadRows } from '../../cli/plan/day-two/workload-row';
import { pruneTurns } from '../../cli/plan/prune';
import { cdk8sKarmada } from '../cli/commands/terminal';

const template = (name: string, created: string, rest: any = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: created, ...rest.metadata },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: 'registry.example/web:1' }] },
    },
    ...rest.spec,
  },
});
const policy = (name: string, ...clusterNames: string[]) => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name, namespace: 'shop', uid: `uid-${name}` },
  spec: {
    resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
    placement: { clusterAffinity: { clusterNames } },
  },
});
const cluster = (name: string) => ({
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: { name },
  spec: { syncMode: 'Push' },
  status: {
    apiEnablements: [{ groupVersion: 'apps/v1', resources: [{ kind: 'Deployment', name: 'deployments' }] }],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});

describe('after creation', () => {
  test('row 119: the list of workloads, the newest first', () => {
    const binding = {
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'new' },
        clusters: [{ name: 'berlin', replicas: 3 }],
      },
      status: {
        conditions: [{ type: 'Scheduled', status: 'True' }],
        aggregatedStatus: [
          { clusterName: 'berlin', applied: true, health: 'Healthy', status: { replicas: 3, readyReplicas: 3 } },
        ],
      },
    };
    const templates = [template('old', '2026-01-01T00:00:00Z'), template('new', '2026-02-01T00:00:00Z')];
    expect(
      workloadRows(templates, [binding], {}).map(({ key, ready, desired, status }) => [
        key.name,
        ready,
        desired,
        status,
      ]),
    ).toEqual([
      ['new', 3, 3, 'healthy'],
      ['old', null, null, 'not propagated'],
    ]);
  });

  test('row 120: the YAML, here and on a cluster after overrides', () => {
    const live = template('web', '2026-01-01T00:00:00Z', { metadata: { managedFields: [{ manager: 'kubectl' }] } });
    expect(shown(live).metadata.managedFields).toBeUndefined();
    const override = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
        overrideRules: [{ overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '2' }] } }],
      },
    };
    const others = [policy('web', 'berlin'), override];
    const { rendered, verdicts } = foretold(live, { clusters: [cluster('berlin'), cluster('paris')], others });
    expect(rendered.get('berlin').spec.template.spec.containers[0].image).toBe('registry.example/web:2');
    expect(verdicts.map(({ cluster, placed }) => [cluster, placed])).toEqual([
      ['berlin', true],
      ['paris', false],
    ]);
  });

  test('row 121: an update is a change of the code, and what it moves is shown first', async () => {
    const { uid: _, creationTimestamp: __, ...metadata } = template('web', '').metadata;
    const side = (image: string, ...clusters: string[]) => {
      const web: any = { ...template('web', ''), metadata };
      web.spec.template.spec.containers[0].image = image;
      return { apiVersion: 'v1', kind: 'List', items: [web, policy('web', ...clusters)] };
    };
    const files = {
      'old.json': side('registry.example/web:1', 'berlin'),
      'new.json': side('registry.example/web:2', 'berlin', 'paris'),
      'fleet.json': { apiVersion: 'v1', kind: 'List', items: [cluster('berlin'), cluster('paris')] },
    };
    const { code, stdout } = await cdk8sKarmada('diff old.json new.json --fleet fleet.json', { files });
    expect(code).toBe(0);
    expect(stdout).toContain('Deployment/shop/web');
    expect(stdout).toContain('registry.example/web:2');
  });

  test('row 122: pause: of the rollout, or of what is sent', () => {
    expect(pauseIntent(template('web', '')).body.spec).toEqual({ paused: true });
    expect(suspendIntent(policy('web', 'berlin')).body.spec).toEqual({ suspension: { dispatching: true } });
  });

  test('row 123: restart, as kubectl does it', () => {
    expect(restartIntent(template('web', ''), '2026-11-21T12:00:00Z').body.spec).toEqual({
      template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-21T12:00:00Z' } } },
    });
  });

  test('row 124: what leaves the code goes before its policies, so none of it is left on members', () => {
    const member = (apiVersion: string, kind: string, wave: number, dependsOn?: string) => ({
      ...{ apiVersion, kind, namespace: 'shop', name: 'web', uid: kind, path: 'app/shop/web', wave },
      ...(dependsOn ? { dependsOn } : {}),
    });
    const members = [
      member('policy.karmada.io/v1alpha1', 'OverridePolicy', 7),
      member('policy.karmada.io/v1alpha1', 'PropagationPolicy', 7),
      member('apps/v1', 'Deployment', 7),
    ];
    const turns = pruneTurns(members);
    const order = [...members].sort((a, b) => ((turns.get(a) as string) < (turns.get(b) as string) ? -1 : 1));
    expect(order.map(({ kind }) => kind)).toEqual(['Deployment', 'PropagationPolicy', 'OverridePolicy']);
  });

  const stateOf = (kind: string, spec: any, items: any[]) => {
    const object = { ...template('nightly', '2026-01-01T00:00:00Z'), apiVersion: 'batch/v1', kind, spec };
    const { apiVersion, metadata } = object;
    const binding = {
      spec: {
        resource: { apiVersion, kind, namespace: metadata.namespace, name: metadata.name },
        clusters: items.map(({ clusterName }) => ({ name: clusterName })),
      },
      status: { aggregatedStatus: items },
    };
    const [{ status, paused }] = workloadRows([object], [binding], {});
    return [status, paused];
  };

  test('row 159: states of jobs: what keeps one from running, where, and that it is suspended', () => {
    const refused = { clusterName: 'berlin', applied: false, appliedMessage: 'the quota is used up' };
    expect(stateOf('Job', {}, [refused])).toEqual(['not applied on berlin', false]);
    expect(stateOf('Job', {}, [{ clusterName: 'berlin' }])).toEqual(['being applied on berlin', false]);
    expect(stateOf('Job', {}, [{ clusterName: 'berlin', applied: true, health: 'Unknown' }])).toEqual([
      'applied',
      false,
    ]);
    expect(stateOf('Job', { suspend: true }, [])).toEqual(['no cluster', true]);
  });

  test('row 160: states of cron jobs: started, and stopped', () => {
    const there = { clusterName: 'berlin', applied: true, health: 'Healthy' };
    expect(stateOf('CronJob', { suspend: false }, [there])).toEqual(['healthy', false]);
    expect(stateOf('CronJob', { suspend: true }, [there])).toEqual(['healthy', true]);
  });
});
