import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { issue } from '../../cli/apply/pki/issue';
import { readPkiPlan } from '../../cli/apply/pki/plan';
import { sendable } from '../../cli/plan/sendable';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { flagsOf } from '../../src/instance/component-flags';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { anInstance, find } from '../instance/an-instance';
import { eventually, freePorts, type LocalPod, startLocalPod, writeInto } from './local-pod';
import { startApiServer, type TestServer } from './testbed';

const { host, karmada } = anInstance();

/** Nothing unknown, nothing doubled, and no other tool in the way: what the command asks for. */
const STRICT = ['apply', '--server-side', '--validate=strict', '--field-manager=cdk8s-karmada', '-f', '-'];
const list = (items: readonly any[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items.map(sendable) });

let server: TestServer;

beforeAll(async () => {
  server = await startApiServer();
});

afterAll(() => server?.stop());

test('a host takes every object, and a second time nothing changes', () => {
  expect(server.kubectl(STRICT, list(host)).trim().split('\n')).toHaveLength(host.length);
  const versions = () =>
    server.kubectl([
      'get',
      'all,cm,pdb,sa,netpol',
      '-n',
      'karmada-system',
      '-o',
      'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}',
    ]);
  const before = versions();
  server.kubectl(STRICT, list(host));
  expect(versions()).toBe(before);
  expect(before.trim().split('\n').length).toBeGreaterThanOrEqual(host.length - 1);
});

test.each([
  ['karmada-apiserver', 'kube-apiserver'],
  ['karmada-kube-controller-manager', 'kube-controller-manager'],
  ['etcd', 'etcd'],
] as const)('%s is known to take the flags that %s takes', (component, binary) => {
  const help = execFileSync(join(server.binaries, binary), ['--help'], { encoding: 'utf8', stdio: 'pipe' });
  const flags = [...help.matchAll(/^ +(?:-\w, )?--([a-z0-9-]+)/gm)].map(([, flag]) => flag);
  expect([...new Set(flags)].sort()).toEqual([...flagsOf(component, KarmadaVersion.V1_18)].sort());
});

test('each pod is one that a restricted namespace takes', () => {
  const { host: all } = anInstance({
    etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20) }),
    components: {
      karmadaDescheduler: {},
      karmadaSearch: {},
      karmadaMetricsAdapter: {},
      karmadaSchedulerEstimator: { clusters: ['berlin'] },
    },
  });
  const templates = all.flatMap(({ metadata, spec }) => {
    const template = spec?.jobTemplate?.spec.template ?? spec?.template;
    if (!template) return [];
    return [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name: metadata.name, namespace: metadata.namespace },
        spec: withoutClaims(template.spec),
      },
    ];
  });
  expect(templates).toHaveLength(12);
  const accounts = all.filter(({ kind }) => kind === 'ServiceAccount');
  server.kubectl(STRICT, list(accounts));
  const said = server.kubectl([...STRICT, '--dry-run=server'], list(templates));
  expect(said.trim().split('\n')).toHaveLength(12);
});

/** A pod by itself has no claims of a StatefulSet. */
function withoutClaims(spec: any): any {
  const names = spec.volumes.map(({ name }: any) => name);
  const missing = spec.containers
    .flatMap(({ volumeMounts }: any) => volumeMounts)
    .filter(({ name }: any) => !names.includes(name));
  return { ...spec, volumes: [...spec.volumes, ...missing.map(({ name }: any) => ({ name, emptyDir: {} }))] };
}

describe('with exactly the synthesized arguments, but for paths and addresses', () => {
  const members = [0, 1, 2];
  let folder: string;
  let kubeconfig: string;
  const pods: LocalPod[] = [];

  const kubectl = (args: readonly string[], input = '') =>
    execFileSync(join(server.binaries, 'kubectl'), [`--kubeconfig=${kubeconfig}`, '--request-timeout=10s', ...args], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-instance-'));
    const secrets = await issue(readPkiPlan(find(host, 'ConfigMap', 'east-pki-plan')), new Map(), new Date());
    const ports = await freePorts(3 * members.length + 2);
    const [apiServerPort, kubeControllerManagerPort] = ports.splice(0, 2);
    const portOf = (member: number, port: number) => ports[3 * member + (port - 2379)];
    const rewrite = (text: string) =>
      text
        .replace(/etcd-(\d)\.etcd\.karmada-system\.svc\.cluster\.local:(\d+)/g, (_, member, port) => {
          return `localhost:${portOf(Number(member), Number(port))}`;
        })
        .replaceAll('karmada-apiserver.karmada-system.svc.cluster.local:5443', `localhost:${apiServerPort}`)
        .replace('--secure-port=5443', `--secure-port=${apiServerPort}`)
        .replace('--bind-address=0.0.0.0', '--bind-address=127.0.0.1');
    const common = { binaries: server.binaries, folder, objects: [...host, ...secrets] };
    for (const member of members) {
      pods.push(
        startLocalPod({
          ...common,
          workload: find(host, 'StatefulSet', 'etcd'),
          name: `etcd-${member}`,
          rewrite: (text) =>
            rewrite(text.replace(/0\.0\.0\.0:(\d+)/, (_, port) => `127.0.0.1:${portOf(member, Number(port))}`)),
        }),
      );
    }
    pods.push(
      startLocalPod({
        ...common,
        workload: find(host, 'Deployment', 'karmada-apiserver'),
        name: 'karmada-apiserver-0',
        rewrite,
        // loopback is no address that it would give to others
        more: ['--endpoint-reconciler-type=none'],
      }),
    );
    const admin = secrets.find(({ metadata }) => metadata.name === 'karmada-admin-kubeconfig').data.kubeconfig;
    kubeconfig = writeInto(join(folder, 'admin.kubeconfig'), rewrite(Buffer.from(admin, 'base64').toString()));
    await eventually('the API server is not ready', pods, () => kubectl(['get', '--raw', '/readyz']));
    pods.push(
      startLocalPod({
        ...common,
        workload: find(host, 'Deployment', 'karmada-kube-controller-manager'),
        name: 'karmada-kube-controller-manager-0',
        rewrite,
        more: [`--secure-port=${kubeControllerManagerPort}`],
      }),
    );
  });

  afterAll(async () => {
    await Promise.all([...pods].reverse().map((pod) => pod.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  test('etcd forms a cluster of three, and the API server serves the administrator', () => {
    expect(kubectl(['get', '--raw', '/readyz?verbose'])).toContain('[+]etcd ok');
    expect(JSON.parse(kubectl(['auth', 'whoami', '-o', 'json'])).status.userInfo).toMatchObject({
      username: 'system:admin',
      groups: ['system:masters', 'system:authenticated'],
    });
  });

  // first of all: while an aggregated API is registered that does not answer, no namespace can be finished
  test('kube-controller-manager finishes namespaces', async () => {
    kubectl(['create', 'namespace', 'for-a-moment']);
    kubectl(['delete', 'namespace', 'for-a-moment', '--wait=false']);
    const left = await eventually('the namespace is still there', pods, () => {
      const found = kubectl(['get', 'namespace', 'for-a-moment', '--ignore-not-found', '-o', 'name']);
      if (found !== '') throw new Error(`${found} is left`);
      return found;
    });
    expect(left).toBe('');
  });

  test('it takes everything of the Karmada side', async () => {
    const first = karmada.filter(({ metadata }) => metadata.annotations?.['cdk8s-karmada.io/wave'] !== '7');
    const last = karmada.filter((object) => !first.includes(object));
    expect(kubectl(STRICT, list(first)).trim().split('\n')).toHaveLength(first.length);
    const kinds = karmada.filter(({ kind }) => kind === 'CustomResourceDefinition');
    kubectl([
      'wait',
      '--for=condition=Established',
      '--timeout=30s',
      ...kinds.map(({ metadata }) => `crd/${metadata.name}`),
    ]);
    expect(kubectl(STRICT, list(last)).trim().split('\n')).toHaveLength(last.length);
    expect(kinds).toHaveLength(19);
  });

  test('kube-controller-manager lets those who may view see the kinds of Karmada', async () => {
    const groups = await eventually('the role is not aggregated', pods, () => {
      const role = JSON.parse(kubectl(['get', 'clusterrole', 'view', '-o', 'json']));
      const found: string[] = role.rules.flatMap(({ apiGroups }: any) => apiGroups);
      if (!found.includes('policy.karmada.io')) throw new Error(`view has rules for ${found.join(', ')}`);
      return found;
    });
    expect(groups).toEqual(expect.arrayContaining(['policy.karmada.io', 'work.karmada.io', 'multicluster.x-k8s.io']));
  });
});
