import { doctorText } from '../../../cli/render/doctor-text';
import { paint } from '../../../cli/render/paint';
import { type Installed, installed } from './installed';
import { type HostOptions, look } from './looked-at';

let well: Installed;

beforeAll(async () => {
  well = await installed();
});

/** What is told, less what is well. */
async function ills(change: (there: Installed) => Partial<Installed> = () => ({}), options: HostOptions = {}) {
  const { findings } = (await look({ ...well, ...change(well) }, options)).report;
  return findings
    .filter(({ state }) => state !== 'ok')
    .map(({ check, state, about = '', cause }) => [check, state, about, cause]);
}

/** The objects with one that is changed, or taken away. */
function changed(objects: readonly any[], kind: string, name: string, change: (object: any) => any): any[] {
  expect(objects.some((each) => each.kind === kind && each.metadata.name === name)).toBe(true);
  return objects.flatMap((each) => (each.kind === kind && each.metadata.name === name ? (change(each) ?? []) : each));
}

const event = (
  kind: string,
  name: string,
  reason: string,
  message: string,
  lastTimestamp = '2026-01-01T00:00:00Z',
) => ({
  apiVersion: 'v1',
  kind: 'Event',
  type: 'Warning',
  metadata: { name: `${name}.${reason}`, namespace: 'karmada-system' },
  involvedObject: { kind, name },
  reason,
  message,
  lastTimestamp,
});

test('an instance that is well: every check says what it saw', async () => {
  const { report } = await look(well);
  expect(report.totals).toEqual({ ok: 29, warning: 0, fails: 0, unknown: 0 });
  const first = new Map([...report.findings].reverse().map(({ check, cause }) => [check, cause]));
  expect(Object.fromEntries(first)).toEqual({
    'api-server-ready': 'it is ready',
    'api-services': 'it is Available',
    'ca-bundles': "8 of 8 caBundles are of the instance's authority",
    certificates: expect.stringMatching(
      /^18 certificates and keys are there; the first to end is that of \S+, \d{4}-\d\d-\d\d, in 364 days$/,
    ),
    'components-ready': '2 of 2 replicas are ready',
    'etcd-alarms': 'it has no alarm',
    'etcd-pvc-bound': 'it is Bound to pv-0',
    'etcd-ready': '3 of 3 members are ready',
    'leases-held': 'karmada-controller-manager-0_1 holds it',
    pods: 'none of 15 pods is stuck',
    'time-skew': expect.stringMatching(/^the clocks agree within \d s$/),
    'webhooks-answer': '2 of its pods take requests',
  });
});

test('in text what is well is told in short, and what is not with a fix', async () => {
  const host = changed(well.host, 'Deployment', 'karmada-scheduler', () => undefined);
  const text = doctorText((await look({ ...well, host })).report, 'east', paint(false));
  expect(text.split('\n').slice(0, 8)).toEqual([
    'east: 28 ok, 1 fails',
    '',
    '✗ components-ready: Deployment/karmada-system/karmada-scheduler: it is not there',
    '    fix: apply the instance again',
    '    see: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
    '✓ etcd-ready: StatefulSet/karmada-system/etcd: 3 of 3 members are ready',
    '✓ etcd-pvc-bound: 3 are well',
    '✓ etcd-alarms: 3 are well',
  ]);
});

test('it reads only: what is not a GET keeps nothing', async () => {
  const { asked } = await look(well);
  expect(asked.filter((each) => !each.startsWith('GET '))).toEqual([
    'POST /apis/policy.karmada.io/v1alpha1/namespaces/default/propagationpolicies',
  ]);
});

describe('etcd', () => {
  const members = (readyReplicas: number, ...events: any[]) =>
    ills(({ host }) => ({
      host: [...changed(host, 'StatefulSet', 'etcd', (each) => ({ ...each, status: { readyReplicas } })), ...events],
    }));
  const about = 'StatefulSet/karmada-system/etcd';

  test('members that are not ready, what that means, and the last events', async () => {
    expect(
      await members(
        0,
        event('StatefulSet', 'etcd', 'FailedCreate', 'pods "etcd-0" is forbidden: exceeded quota: team'),
        event('StatefulSet', 'other', 'FailedCreate', 'nothing to do with it'),
      ),
    ).toEqual([
      [
        'etcd-ready',
        'fails',
        about,
        '0 of 3 members are ready: 2 are needed, so nothing can be written; last events: etcd FailedCreate: pods "etcd-0" is forbidden: exceeded quota: team',
      ],
    ]);
    expect(
      await members(
        1,
        event('Pod', 'etcd-1', 'Unhealthy', 'readiness probe failed: old', '2026-01-01T00:00:00Z'),
        event('Pod', 'etcd-2', 'Unhealthy', 'readiness probe failed: new', '2026-01-02T00:00:00Z'),
        event('Pod', 'etcd-2', 'BackOff', 'restarting', '2026-01-01T00:00:00Z'),
      ),
    ).toEqual([
      [
        'etcd-ready',
        'fails',
        about,
        '1 of 3 members are ready: 2 are needed, so nothing can be written; last events: etcd-2 Unhealthy: readiness probe failed: new; etcd-2 BackOff: restarting',
      ],
    ]);
    expect(await members(2)).toEqual([
      ['etcd-ready', 'fails', about, '2 of 3 members are ready: the loss of one more stops it'],
    ]);
  });

  test('a claim that is Pending: its class, its provisioner, its events', async () => {
    const pending = (more: any) => (claim: any) => ({
      ...claim,
      spec: { ...claim.spec, storageClassName: 'standard', volumeName: undefined, ...more },
      status: { phase: 'Pending' },
    });
    const claim = (more: any, ...events: any[]) =>
      ills(({ host }) => ({
        host: [...changed(host, 'PersistentVolumeClaim', 'etcd-data-etcd-1', pending(more)), ...events],
      }));
    const about = 'PersistentVolumeClaim/karmada-system/etcd-data-etcd-1';
    const full = event('PersistentVolumeClaim', 'etcd-data-etcd-1', 'ProvisioningFailed', 'no space left on pool');
    expect(await claim({}, full)).toEqual([
      [
        'etcd-pvc-bound',
        'fails',
        about,
        'it is Pending: its StorageClass is standard, provisioner disk.csi.example.com, which waits for the pod to have a node; last events: etcd-data-etcd-1 ProvisioningFailed: no space left on pool',
      ],
    ]);
    expect(await claim({ storageClassName: 'fast' })).toEqual([
      ['etcd-pvc-bound', 'fails', about, 'it is Pending: there is no StorageClass fast'],
    ]);
    expect(
      await ills(({ host }) => ({ host: changed(host, 'PersistentVolumeClaim', 'etcd-data-etcd-1', () => undefined) })),
    ).toEqual([['etcd-pvc-bound', 'fails', about, 'it is not there']]);
  });

  test('an alarm, and a port that is not reached', async () => {
    const path = (n: number) => `GET /api/v1/namespaces/karmada-system/pods/etcd-${n}:2381/proxy/health`;
    const answers = {
      [path(0)]: [503, '{"health":"false","reason":"ALARM NOSPACE"}'],
      [path(1)]: [503, { message: 'error trying to reach service: dial tcp 10.1.0.7:2381: i/o timeout' }],
    } as const;
    expect(await ills(undefined, { host: { answers } })).toEqual([
      ['etcd-alarms', 'fails', 'Pod/karmada-system/etcd-0', 'ALARM NOSPACE'],
      [
        'etcd-alarms',
        'unknown',
        'Pod/karmada-system/etcd-1',
        'its port 2381 is not reached from here: 503 error trying to reach service: dial tcp 10.1.0.7:2381: i/o timeout',
      ],
    ]);
  });
});

describe('components', () => {
  test('one that is missing, one that is not ready, one that is scaled away', async () => {
    const failing = {
      spec: { replicas: 2 },
      status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1 },
    };
    const found = await ills(({ host }) => {
      const without = changed(host, 'Deployment', 'karmada-scheduler', () => undefined);
      const slow = changed(without, 'Deployment', 'karmada-apiserver', (each) => ({ ...each, ...failing }));
      const none = changed(slow, 'Deployment', 'karmada-webhook', (each) => ({ ...each, spec: { replicas: 0 } }));
      return { host: [...none, event('Pod', 'karmada-apiserver-x', 'Unhealthy', 'startup probe failed')] };
    });
    expect(found).toEqual([
      ['components-ready', 'fails', 'Deployment/karmada-system/karmada-scheduler', 'it is not there'],
      [
        'components-ready',
        'fails',
        'Deployment/karmada-system/karmada-apiserver',
        '1 of 2 replicas are ready; last events: karmada-apiserver-x Unhealthy: startup probe failed',
      ],
      ['components-ready', 'fails', 'Deployment/karmada-system/karmada-webhook', 'it is scaled to 0'],
    ]);
  });

  test('pods that are stuck say why, and nothing that may be secret', async () => {
    const pod = (name: string, status: any) => (host: any[]) =>
      changed(host, 'Pod', name, (each) => ({ ...each, status: { phase: 'Running', ...status } }));
    const waiting = (reason: string, more: any = {}) => ({
      containerStatuses: [{ name: 'c', image: 'r/c:1', restartCount: 3, state: { waiting: { reason } }, ...more }],
    });
    const crash = {
      lastState: {
        terminated: {
          reason: 'Error',
          exitCode: 1,
          message:
            'unknown flag --x; token=abc123 password: hunter2 -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
        },
      },
    };
    const found = await ills(({ host }) => ({
      host: [
        pod('karmada-scheduler-0', waiting('CrashLoopBackOff', crash)),
        pod('karmada-webhook-0', waiting('ImagePullBackOff')),
        pod('etcd-0', {
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes are available: insufficient cpu' }],
        }),
        pod('karmada-apiserver-1', {
          containerStatuses: [
            {
              name: 'c',
              restartCount: 1,
              state: { running: {} },
              lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
            },
          ],
        }),
      ].reduce((objects, change) => change(objects), host),
    }));
    expect(found).toEqual([
      ['pods', 'fails', 'Pod/karmada-system/etcd-0', 'no node can take it: 0/1 nodes are available: insufficient cpu'],
      [
        'pods',
        'warning',
        'Pod/karmada-system/karmada-apiserver-1',
        'container c has restarted 1 time; it ended last with OOMKilled, code 137',
      ],
      [
        'pods',
        'fails',
        'Pod/karmada-system/karmada-scheduler-0',
        'container c is in CrashLoopBackOff, 3 restarts; it ended last with Error, code 1: unknown flag --x; token=(not shown) password: (not shown) (not shown)',
      ],
      [
        'pods',
        'fails',
        'Pod/karmada-system/karmada-webhook-0',
        'container c is in ImagePullBackOff image r/c:1, 3 restarts',
      ],
    ]);
  });
});

describe('certificates', () => {
  const days = (n: number) => () => Date.now() + n * 24 * 60 * 60 * 1000;
  const certificates = async (options: HostOptions, change?: (there: Installed) => Partial<Installed>) =>
    (await ills(change, options)).filter(([check]) => check === 'certificates');

  test('those that are due are told in time, and those that ended', async () => {
    const due = await certificates({ now: days(300) });
    expect(due).toHaveLength(14);
    expect(due[0]).toEqual([
      'certificates',
      'warning',
      'Secret karmada-apiserver-cert',
      expect.stringMatching(/^it expires on \S+, less than a third of its lifetime from now$/),
    ]);
    const ended = await certificates({ now: days(400) });
    expect(new Set(ended.map(([, state]) => state))).toEqual(new Set(['fails']));
    expect(ended[0][3]).toMatch(/^it ended \d{4}-\d\d-\d\dT/);
  });

  test('an authority is told half a year before, with another fix', async () => {
    const found = await certificates({ now: days(3500) });
    expect(found.filter(([, , about]) => about === 'Secret karmada-ca')).toEqual([
      ['certificates', 'warning', 'Secret karmada-ca', expect.stringMatching(/^the authority ends \S+, in 149 days$/)],
    ]);
  });

  test('one that is missing', async () => {
    const found = await certificates({}, ({ host }) => ({
      host: changed(host, 'Secret', 'karmada-webhook-cert', () => undefined),
    }));
    expect(found).toEqual([['certificates', 'fails', 'Secret karmada-webhook-cert', 'it is missing']]);
  });

  test('no value of a Secret is in a report', async () => {
    const text = JSON.stringify((await look(well, { now: days(300) })).report);
    const values = well.host.filter(({ kind }) => kind === 'Secret').flatMap(({ data }) => Object.values<string>(data));
    expect(values.length).toBeGreaterThan(30);
    for (const value of values) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(Buffer.from(value, 'base64').toString('utf8').split('\n')[1]);
    }
  });
});

describe('Karmada', () => {
  test('that cannot be reached fails once, and leaves the rest unknown', async () => {
    expect(await ills(undefined, { silent: 'connection refused' })).toEqual([
      ['api-server-ready', 'fails', '', 'it cannot be reached: connection refused'],
      ...['api-services', 'ca-bundles', 'webhooks-answer', 'leases-held'].map((check) => [
        check,
        'unknown',
        '',
        "Karmada's API server does not answer",
      ]),
    ]);
  });

  test('that is not ready says what it waits for', async () => {
    const answers = {
      'GET /readyz': [500, '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed'],
    } as const;
    expect(await ills(undefined, { karmada: { answers } })).toEqual([
      ['api-server-ready', 'fails', '', '/readyz answers 500: etcd'],
    ]);
  });

  test('an API that is not served', async () => {
    const conditions = [
      { type: 'Available', status: 'False', reason: 'FailedDiscoveryCheck', message: 'no such host' },
    ];
    expect(
      await ills(({ karmada }) => ({
        karmada: changed(karmada, 'APIService', 'v1alpha1.cluster.karmada.io', (each) => ({
          ...each,
          status: { conditions },
        })),
      })),
    ).toEqual([
      [
        'api-services',
        'fails',
        'APIService/v1alpha1.cluster.karmada.io',
        'it is not Available (FailedDiscoveryCheck: no such host)',
      ],
    ]);
  });

  test('bundles that are empty, and those of another authority', async () => {
    const other = await installed();
    const theirs = other.karmada.find(({ kind }) => kind === 'ValidatingWebhookConfiguration');
    const found = await ills(({ karmada }) => {
      const swapped = changed(karmada, 'ValidatingWebhookConfiguration', 'validating-config', () => theirs);
      const emptied = changed(swapped, 'MutatingWebhookConfiguration', 'mutating-config', (each) => ({
        ...each,
        webhooks: each.webhooks.map(({ clientConfig, ...rest }: any) => ({
          ...rest,
          clientConfig: { url: clientConfig.url },
        })),
      }));
      return { karmada: emptied };
    });
    expect(found).toEqual([
      ['ca-bundles', 'fails', 'MutatingWebhookConfiguration/mutating-config', '8 of 8 caBundles are empty'],
      [
        'ca-bundles',
        'fails',
        'ValidatingWebhookConfiguration/validating-config',
        "14 of 14 caBundles are not of the instance's authority",
      ],
    ]);
  });

  test('webhooks that do not answer', async () => {
    const message =
      'Internal error occurred: failed calling webhook "propagationpolicy.karmada.io": context deadline exceeded';
    const answers = {
      'POST /apis/policy.karmada.io/v1alpha1/namespaces/default/propagationpolicies': [500, { message }],
    } as const;
    expect(
      await ills(
        ({ host }) => ({
          host: changed(host, 'EndpointSlice', 'karmada-webhook-x', (each) => ({ ...each, endpoints: [] })),
        }),
        { karmada: { answers } },
      ),
    ).toEqual([
      ['webhooks-answer', 'fails', 'Service/karmada-system/karmada-webhook', '0 of its pods take requests'],
      ['webhooks-answer', 'fails', 'a policy that is offered and not kept', `it is refused with 500: ${message}`],
    ]);
  });

  test('leaders that are gone', async () => {
    const renewTime = '2026-01-01T00:00:00.000000Z';
    const found = await ills(({ karmada }) => {
      const late = changed(karmada, 'Lease', 'karmada-scheduler', ({ spec, ...each }) => ({
        ...each,
        spec: { ...spec, renewTime },
      }));
      return { karmada: changed(late, 'Lease', 'kube-controller-manager', () => undefined) };
    });
    expect(found).toEqual([
      [
        'leases-held',
        'fails',
        'Lease/karmada-system/karmada-scheduler',
        `karmada-scheduler-0_1 holds it, and has not renewed it since ${renewTime}`,
      ],
      ['leases-held', 'fails', 'Lease/kube-system/kube-controller-manager', 'it is not there: nobody ever led'],
    ]);
  });

  test('a clock that is wrong', async () => {
    const found = await ills(undefined, { karmada: { aheadMs: 120_000 } });
    expect(found).toEqual([
      [
        'time-skew',
        'warning',
        'karmada',
        expect.stringMatching(/^the server's clock is 1[12]\d s ahead of this machine's, give or take 1 s$/),
      ],
    ]);
  });
});
