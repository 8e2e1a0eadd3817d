import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import type { ApiRequest } from '../../cli/apply/api-server';
import { ApiServerExposure } from '../../src/instance/api-server-exposure';
import { KarmadaAgent } from '../../src/instance/karmada-agent';
import type { PullMode } from '../../src/instance/pull-mode';
import { anInstance } from '../instance/an-instance';
import type { ControlledServer } from './member-join-servers';
import { plainClient } from './plain-client';

/** Answers that end a run before them, as a kill would, and what was written. */
export class Wire {
  /** So many writes are let through. */
  writesLeft = Number.POSITIVE_INFINITY;
  sent: string[] = [];
  /** Told of each write that has gone through. */
  after: (request: ApiRequest) => void = () => undefined;
  private files = 0;

  constructor(private readonly servers: () => readonly ControlledServer[]) {}

  reset(): void {
    this.writesLeft = Number.POSITIVE_INFINITY;
    this.sent = [];
    this.after = () => undefined;
  }

  /** In place of the command's own transport: whoever the access says one is, token or certificate. */
  connect(plane: 'karmada' | 'member', access: any, name: string): any {
    const server = this.servers().find(({ url }) => url === access.cluster.server) as ControlledServer;
    const kubeconfig = join(server.folder, `access-${++this.files}.json`);
    const config = { clusters: [{ cluster: access.cluster }], users: [{ user: access.user }] };
    writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
    const client = plainClient('karmada', { ...server, kubeconfig });
    return {
      ...client,
      name,
      authority: async () => Buffer.from(access.cluster['certificate-authority-data'], 'base64').toString('utf8'),
      request: async (wanted: ApiRequest) => {
        if (!isWrite(wanted)) return client.request(wanted);
        if (this.writesLeft-- <= 0) throw new Error('killed');
        this.sent.push(`${plane}: ${wanted.method} ${wanted.path}`);
        const answer = await client.request(wanted);
        this.after(wanted);
        return answer;
      },
    };
  }
}

function isWrite({ method, path, query }: ApiRequest): boolean {
  return method !== 'GET' && !/^\/apis\/auth(entic|oriz)ation\.k8s\.io\//.test(path) && query?.dryRun === undefined;
}

/** What an instance with this pull mode has on Karmada for holders of tokens. */
export function allowsTokens(karmada: ControlledServer, pullMode: PullMode): void {
  const bootstrap = /^system:karmada:(agent-(bootstrap|autoapprove)|certificatesigningrequest)/;
  const exposure = ApiServerExposure.loadBalancer({ subjectAlternativeNames: ['karmada.example.com'] });
  karmada.apply(
    ...anInstance({ pullMode, exposure }).karmada.filter(({ metadata }: any) => bootstrap.test(metadata.name)),
  );
}

/** A person on Karmada who approves what is asked for, or the opposite, while a command waits. */
export function decides(
  karmada: ControlledServer,
  how: 'approve' | 'deny',
  { path, body }: ApiRequest,
  afterMs = 300,
): void {
  if (!path.endsWith('/certificatesigningrequests')) return;
  const { name } = (body as any).metadata;
  const args = [`--kubeconfig=${karmada.kubeconfig}`, 'certificate', how, name];
  setTimeout(() => execFile(join(karmada.binaries, 'kubectl'), args), afterMs);
}

/** A file with the manifests of an agent. */
export function agentFile(folder: string, clusterName: string): string {
  const chart = new Chart(new App(), clusterName);
  new KarmadaAgent(chart, 'agent', { clusterName, region: 'eu-1' });
  const file = join(folder, `agent-${clusterName}.json`);
  writeFileSync(file, JSON.stringify(chart.toJson()));
  return file;
}
