import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Size } from 'cdk8s';
import { load } from 'js-yaml';
import { issue } from '../../cli/apply/pki/issue';
import { readPkiPlan } from '../../cli/apply/pki/plan';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { anInstance, find } from '../instance/an-instance';
import { withLoopback } from './runner/dist';
import { eventually } from './runner/eventually';
import { LocalPod } from './runner/pod';
import { Table } from './runner/table';
import { filesOf, type VolumeFiles, writeVolume } from './runner/volume';
import { startApiServer, type TestServer } from './testbed';

const MEMBERS = [0, 1, 2];
const PKI = '/etc/karmada/pki/etcd-client';
const { host } = anInstance({ etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20), keep: 2 }) });
const backup = find(host, 'CronJob', 'etcd-backup').spec.jobTemplate.spec.template.spec;
const page = readFileSync(join(__dirname, '..', '..', 'docs/etcd.md'), 'utf8');
const restore: any = load(/^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1] as string);

let server: TestServer;
let folder: string;
let secrets: readonly any[];
let table: Table;
let pods: LocalPod[] = [];

function startMembers(): void {
  const workload = find(host, 'StatefulSet', 'etcd');
  pods = MEMBERS.map((member) => {
    const pod = new LocalPod({ workload, name: `etcd-${member}`, binaries: server.binaries, table });
    pod.mount(secrets);
    pod.start();
    return pod;
  });
}

const untilReady = (attempt: () => string) =>
  eventually(
    () => pods.map(({ output }) => output).join('\n---\n'),
    () => {
      try {
        return attempt();
      } catch {
        return undefined;
      }
    },
  );

/** Runs a container as a process that ends, with its paths below a folder. */
function run({ command, args }: any, root: string): string {
  const binary = basename(command[0]);
  const moved = [...command.slice(1), ...args].map((text: string) =>
    table.named(text).replace(/(^|[= ])(\/(etc|var|backup)\b)/g, `$1${root}$2`),
  );
  return execFileSync(binary === 'sh' ? '/bin/sh' : join(server.binaries, binary), moved, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const etcdctl = (...args: string[]) => {
  const [snapshot] = backup.initContainers;
  return run({ ...snapshot, args: [...snapshot.args.slice(0, 4), ...args] }, join(folder, 'backup'));
};
const snapshots = () => readdirSync(join(folder, 'backup/backup')).sort();

beforeAll(async () => {
  // for its binaries
  server = await startApiServer();
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-backup-'));
  const plan = readPkiPlan(withLoopback(find(host, 'ConfigMap', 'east-pki-plan')));
  secrets = await issue(plan, new Map(), new Date());
  table = await Table.of([find(host, 'StatefulSet', 'etcd')], host, folder);
  const volume = { secret: { secretName: 'etcd-etcd-client-cert' } };
  writeVolume(join(folder, 'backup', PKI), filesOf(volume, backup, secrets) as VolumeFiles);
  mkdirSync(join(folder, 'backup/backup'));
  startMembers();
  await untilReady(() => etcdctl('endpoint', 'health'));
});

afterAll(async () => {
  await Promise.all(pods.map((pod) => pod.kill()));
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a snapshot is taken and verified, and the oldest go', async () => {
  etcdctl('put', 'fleet', 'three clusters');
  for (const day of ['20200101', '20200102']) {
    writeFileSync(join(folder, `backup/backup/etcd-${day}T000000Z.db`), 'old');
  }
  for (const container of [...backup.initContainers, ...backup.containers]) run(container, join(folder, 'backup'));
  expect(snapshots()).toEqual(['etcd-20200102T000000Z.db', expect.stringMatching(/^etcd-20\d{6}T\d{6}Z\.db$/)]);
});

test('what the page says brings it back into a cluster of three', async () => {
  await Promise.all(pods.map((pod) => pod.kill()));
  const [, latest] = snapshots();
  const { initContainers, containers } = restore.spec.template.spec;
  for (const member of MEMBERS) {
    const name = `etcd-${member}`;
    const mine = (text: string) =>
      text
        .replace('/backup/etcd-20261121T000000Z.db', join(folder, 'backup/backup', latest))
        .replace(/--name=etcd-0/, `--name=${name}`)
        .replace(/(--initial-advertise-peer-urls=https:\/\/)etcd-0/, `$1${name}`);
    for (const container of [...initContainers, ...containers]) {
      run({ ...container, args: container.args.map(mine) }, join(folder, name));
    }
    expect(readdirSync(join(folder, name, 'var/lib/etcd')).sort()).toEqual([
      expect.stringMatching(/^before-20\d{6}T\d{6}Z$/),
      'data',
    ]);
  }
  startMembers();
  const found = await untilReady(() => etcdctl('get', 'fleet', '--print-value-only'));
  expect(found.trim()).toBe('three clusters');
  expect(etcdctl('member', 'list').trim().split('\n')).toHaveLength(3);
  expect(JSON.parse(etcdctl('get', 'fleet', '--write-out=json')).header.revision).toBeGreaterThan(1_000_000_000);
});
