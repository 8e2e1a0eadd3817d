import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandError } from '../../cli/plan/command-error';
import { chart as chartOf, configMap, namespace, PruneServers } from './faults/prune-servers';

let servers: PruneServers;

beforeAll(async () => {
  servers = await PruneServers.start();
  servers.create(namespace('shop'), namespace('other'), namespace('cdk8s-karmada'));
});

afterAll(() => servers?.stop());

/** With its parent next to its objects: kubectl applies to the namespace of the parent only. */
const chart = (path: string, ...objects: any[]) => ({ ...chartOf(path, ...objects), namespace: 'shop' });

const TOOLING = 'applyset.kubernetes.io/tooling';

/** `kubectl apply --applyset` with these objects as all that there is in the set. */
function kubectlApply(set: string, objects: any[], ...flags: string[]) {
  const { kubeconfig, binaries } = servers.karmadaServer;
  const { status, stdout, stderr } = spawnSync(
    join(binaries, 'kubectl'),
    [
      `--kubeconfig=${kubeconfig}`,
      'apply',
      '-n',
      'shop',
      '--prune',
      `--applyset=configmaps/${set}`,
      ...flags,
      '-f',
      '-',
    ],
    {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      encoding: 'utf8',
      env: { ...process.env, KUBECTL_APPLYSET: 'true' },
    },
  );
  return { status, stdout, stderr };
}

const names = () =>
  servers
    .kubectl('get', 'configmaps', '-n', 'shop', '-o', 'name')
    .split('\n')
    .filter((name) => /^configmap\/.$/.test(name));

test('a set of ours: kubectl refuses it as it is, and takes it, objects and all, when it is handed over', async () => {
  await servers.apply([chart('ours', configMap('a'), configMap('b'), configMap('c', 'other'))]);
  const set = 'east-ours-karmada';
  expect(kubectlApply(set, [configMap('a')])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('is managed by tooling "cdk8s-karmada" instead of "kubectl"'),
  });
  expect(names()).toEqual(['configmap/a', 'configmap/b']);

  servers.kubectl('annotate', 'configmap', set, '-n', 'shop', '--overwrite', `${TOOLING}=kubectl/v1.35.0`);
  const taken = kubectlApply(set, [configMap('a')]);
  expect(taken.stdout.trim().split('\n').sort()).toEqual([
    'configmap/a configured',
    'configmap/b pruned',
    'configmap/c pruned',
  ]);
  expect(taken.status).toBe(0);
  expect(names()).toEqual(['configmap/a']);

  // from then on it is theirs
  await expect(servers.apply([chart('ours', configMap('a'))])).rejects.toThrow(
    /is the record of "kubectl\/v[\d.]+[^"]*", not of cdk8s-karmada/,
  );
});

test('a set of kubectl: it is refused as it is, and taken, objects and all, when kubectl has let go of the parent', async () => {
  const set = 'east-theirs-karmada';
  expect(kubectlApply(set, [configMap('d'), configMap('e')], '--server-side').status).toBe(0);
  const code = [chart('theirs', configMap('d'), configMap('f'))];
  const error = await servers.apply(code).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(CommandError);
  expect(error.exitCode).toBe(6);

  servers.kubectl('delete', 'configmap', set, '-n', 'shop');
  const uid = () => servers.kubectl('get', 'configmap', 'd', '-n', 'shop', '-o', 'jsonpath={.metadata.uid}');
  const before = uid();
  const { summary } = await servers.apply(code);
  expect(summary).toMatchObject({ created: 1, updated: 1, failed: 0, exitCode: 0 });
  // the same ID: kubectl had computed what we compute
  expect(uid()).toBe(before);
  expect(servers.recorded('theirs', 'shop')).toEqual(['ConfigMap/shop/d', 'ConfigMap/shop/f']);
  expect(names()).toContain('configmap/e');
});

test('an object of ours is not to be had by a set of kubectl: the label has an owner', async () => {
  await servers.apply([chart('locked', configMap('g'))]);
  const stolen = kubectlApply('thieves', [configMap('g')], '--server-side');
  expect(stolen.status).toBe(1);
  expect(stolen.stderr).toContain(
    'conflict with "cdk8s-karmada-applyset": .metadata.labels.applyset.kubernetes.io/part-of',
  );
});
