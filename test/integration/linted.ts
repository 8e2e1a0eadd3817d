import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Size, Testing } from 'cdk8s';
import { EtcdBackup } from '../../src/instance/etcd-backup';
import { KarmadaAgent } from '../../src/instance/karmada-agent';
import { PullMode } from '../../src/instance/pull-mode';
import { manifestsIn } from '../flaws';
import { anInstance } from '../instance/an-instance';

const root = join(__dirname, '..', '..');
/** The folder with kubeconform and kube-score; empty where they cannot be had, as they are built with Go. */
export const linters = execFileSync(process.execPath, [join(root, 'tools/testbed/linters.mjs')], {
  encoding: 'utf8',
}).trim();

function agent(): any[] {
  const chart = new Chart(Testing.app(), 'berlin');
  new KarmadaAgent(chart, 'agent', { clusterName: 'berlin' });
  return Testing.synth(chart);
}

/** All that we make for a host, for Karmada and for a member, and what the examples make. */
export function outputs(): readonly (readonly [name: string, manifests: any[]])[] {
  const { host, karmada } = anInstance({
    etcdBackup: EtcdBackup.persistentVolumeClaim({ size: Size.gibibytes(20) }),
    pullMode: PullMode.requested({ server: 'https://karmada-apiserver.karmada-system.svc:5443' }),
    proxy: { url: 'http://proxy.example.com:3128' },
    priorityClassName: 'system-cluster-critical',
    components: {
      karmadaDescheduler: {},
      karmadaSearch: {},
      karmadaMetricsAdapter: {},
      karmadaSchedulerEstimator: { clusters: ['berlin', 'paris'] },
    },
  });
  const examples = readdirSync(join(root, 'examples')).filter((name) => /^\d/.test(name));
  return [
    ['host', host],
    ['karmada', karmada],
    ['agent', agent()],
    ...examples.map((name) => {
      const folder = join(root, 'examples', name, 'expected', 'manifests');
      return [name, manifestsIn(readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')))] as const;
    }),
  ];
}

/** A linter on manifests, its words as JSON; that it complains is no failure of its own. */
export function lint(linter: string, args: readonly string[], manifests: readonly any[]): any {
  const input = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  const { stdout, stderr, error } = spawnSync(join(linters, linter), args, { input, encoding: 'utf8', maxBuffer: 1e8 });
  if (error || !stdout) throw error ?? new Error(`${linter}: ${stderr}`);
  return JSON.parse(stdout);
}
