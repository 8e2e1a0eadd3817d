import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterCrdForTestsAlone, crds } from '../../src/schema/crd';
import { startApiServer, type TestServer } from './testbed';

/** An API server with those controllers of Kubernetes that a join, and its end, wait for. */
export interface ControlledServer extends TestServer {
  json(...args: string[]): any;
  apply(...objects: any[]): void;
}

/** `signs`: it has an authority for client certificates. */
export async function startControlled(signs = false): Promise<ControlledServer> {
  const own = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-authority-'));
  const authority = signs ? makeAuthority(own) : undefined;
  const server = await startApiServer({ clientAuthority: authority?.cert });
  const { folder, binaries, kubeconfig } = server;
  const signing = authority
    ? [`--cluster-signing-cert-file=${authority.cert}`, `--cluster-signing-key-file=${authority.key}`]
    : [];
  const controllers = [
    'serviceaccount-token',
    'namespace',
    'garbage-collector',
    ...(signs ? ['certificatesigningrequest-signing', 'token-cleaner'] : []),
  ];
  const manager = spawn(
    join(binaries, 'kube-controller-manager'),
    [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      '--secure-port=0',
      `--controllers=${controllers.map((each) => `${each}-controller`).join(',')}`,
      `--service-account-private-key-file=${join(folder, 'service-account.key')}`,
      `--root-ca-file=${join(folder, 'certs', 'apiserver.crt')}`,
      ...signing,
    ],
    { stdio: 'ignore' },
  );
  return {
    ...server,
    json: (...args) => JSON.parse(server.kubectl([...args, '-o', 'json'])),
    apply: (...objects) => {
      server.kubectl(
        ['apply', '--server-side', '--field-manager=others', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      );
    },
    stop: async () => {
      await ended(manager);
      await server.stop();
      rmSync(own, { recursive: true });
    },
  };
}

/** The same with Karmada's kinds. */
export async function startKarmada(): Promise<ControlledServer> {
  const server = await startControlled(true);
  server.apply(...crds(), clusterCrdForTestsAlone());
  server.kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  return server;
}

function makeAuthority(folder: string): { readonly cert: string; readonly key: string } {
  const [key, cert] = ['signer.key', 'signer.crt'].map((file) => join(folder, file));
  const subject = ['-subj', '/CN=signer', '-days', '30', '-keyout', key, '-out', cert];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject],
    {
      stdio: 'ignore',
    },
  );
  return { cert, key };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Everything on a server that is not there from the beginning, as `Kind/namespace/name`. */
export function contents(server: ControlledServer): string[] {
  const kinds =
    'namespaces,serviceaccounts,secrets,clusterroles,clusterrolebindings,roles,rolebindings,deployments,poddisruptionbudgets,certificatesigningrequests,configmaps';
  const { items } = server.json('get', kinds, '--all-namespaces');
  const others = server.kubectl(['api-resources']).includes('clusters ')
    ? server.json('get', 'clusters,works', '-A').items
    : [];
  return [...items, ...others]
    .map(({ kind, metadata }: any) => [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'))
    .sort();
}

/** What there is on a member of its agent. */
export const AGENT_ON_MEMBER = [
  'ClusterRole/karmada-agent',
  'ClusterRoleBinding/karmada-agent',
  'Deployment/karmada-system/karmada-agent',
  'Namespace/karmada-system',
  'PodDisruptionBudget/karmada-system/karmada-agent',
  'Secret/karmada-system/karmada-kubeconfig',
  'ServiceAccount/karmada-system/karmada-agent',
];
