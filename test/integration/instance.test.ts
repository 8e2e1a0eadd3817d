import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { sendable } from '../../cli/plan/sendable';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { flagsOf } from '../../src/instance/component-flags';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { anInstance } from '../instance/an-instance';
import { startApiServer, type TestServer } from './testbed';

const { host } = anInstance();

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
