import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApplyOptions, applyInput } from '../../../cli/apply/engine';
import { HttpApiServer } from '../../../cli/apply/http-api-server';
import { parseKubeconfig } from '../../../cli/apply/kubeconfig';
import { secretValue } from '../../../cli/apply/pki/decision';
import { type PkiPlan, readPkiPlan } from '../../../cli/apply/pki/plan';
import type { Input } from '../../../cli/plan/chart-input';
import type { ApplySummary } from '../../../cli/plan/progress';
import type { MulticloudInstanceProps } from '../../../src/instance/multicloud-instance-props';
import { type LiveServer, liveServer } from '../live-server';
import { type PlainClient, plainClient } from '../plain-client';
import type { TestServer } from '../testbed';
import { type Elsewhere, type Runnable, runnable, synthesize } from './dist';
import { type Answer, ask, type Identity } from './door';
import { eventually } from './eventually';
import { LocalNode } from './node';
import { StandIn } from './stand-in';
import type { Table } from './table';

const ADMIN = 'karmada-admin-kubeconfig';

interface Facts extends Runnable {
  readonly folder: string;
  readonly namespace: string;
}

/** An instance from its synthesized YAML alone, whose pods are processes of this machine. */
export class LocalControlPlane {
  readonly node: LocalNode;
  /** By the component that they stand for. */
  readonly standIns = new Map<string, StandIn>();

  static async of(host: TestServer, props: Partial<MulticloudInstanceProps>): Promise<LocalControlPlane> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-runner-'));
    const documents = synthesize(join(folder, 'dist'), props as MulticloudInstanceProps);
    const found = await runnable(documents, host.binaries, join(folder, 'pods'));
    return new LocalControlPlane(host, { ...found, folder, namespace: props.namespace ?? 'karmada-system' });
  }

  private readonly live: LiveServer;
  private readonly plain: PlainClient;

  private constructor(
    host: TestServer,
    private readonly facts: Facts,
  ) {
    this.live = liveServer('host', host);
    this.plain = plainClient('host', host);
    const { namespace, table, names } = facts;
    this.node = new LocalNode({ host: this.plain, namespace, names, binaries: host.binaries, table });
    this.node.start();
  }

  get table(): Table {
    return this.facts.table;
  }

  get elsewhere(): readonly Elsewhere[] {
    return this.facts.elsewhere;
  }

  /** What the synthesized YAML asks for. */
  get input(): Input {
    return this.facts.input;
  }

  /** The command's own apply, as it would have run some days ago. */
  apply({ daysAgo = 0, ...more }: Partial<ApplyOptions> & { readonly daysAgo?: number } = {}): Promise<ApplySummary> {
    const servers = { host: this.live, openKarmada: () => this.openKarmada() };
    return applyInput(this.input, servers, {
      toolVersion: '1.0.0',
      now: () => Date.now() - daysAgo * 24 * 60 * 60 * 1000,
      wait: 'ready',
      timeoutMs: 60_000,
      ...more,
    });
  }

  get plan(): PkiPlan {
    const objects = this.input.all.flatMap((chart) => chart.objects);
    return readPkiPlan(objects.find(({ key }) => key.name.endsWith('-pki-plan'))?.manifest);
  }

  /** URL of the Karmada API server here. */
  get url(): string {
    return this.at('https://karmada-apiserver', 5443);
  }

  /** URL of a member of etcd here, for its clients (2379) or its peers (2380). */
  member(index: number, port: number): string {
    return this.at(`https://etcd-${index}.etcd`, port);
  }

  /** Asks a member as the API server would. */
  async askMember(index: number, path: string, body: unknown): Promise<Answer> {
    const identity = await this.identity('karmada-apiserver-etcd-client-cert', 'karmada-etcd-ca');
    return ask(this.member(index, 2379), identity, { path, body });
  }

  /** Waits until an attempt gives something. */
  soon<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    return eventually(() => `${what}\n${this.node.output}`, attempt);
  }

  /** A Secret of the instance, as the host has it. */
  async secret(name: string): Promise<any> {
    const path = `/api/v1/namespaces/${this.facts.namespace}/secrets/${name}`;
    const { status, body } = await this.plain.request({ method: 'GET', path });
    if (status !== 200) throw new Error(`${path}: ${body?.message}`);
    return body;
  }

  /** Who holds the certificate of a Secret, and trusts Karmada's authority, or another. */
  async identity(name: string, authority = 'karmada-ca'): Promise<Identity> {
    const [own, trusted] = await Promise.all([this.secret(name), this.secret(authority)]);
    const [cert, key] = [secretValue(own, 'tls.crt'), secretValue(own, 'tls.key')];
    return { cert, key, ca: secretValue(trusted, 'tls.crt') };
  }

  /** Who holds the admin kubeconfig. */
  async admin(): Promise<Identity> {
    const { clusters, users } = parseKubeconfig(secretValue(await this.secret(ADMIN), 'kubeconfig'), ADMIN);
    const decoded = (value: string) => Buffer.from(value, 'base64').toString();
    return {
      cert: decoded(users[0].value['client-certificate-data']),
      key: decoded(users[0].value['client-key-data']),
      ca: decoded(clusters[0].value['certificate-authority-data']),
    };
  }

  async stop(): Promise<void> {
    try {
      await this.node.stop();
    } finally {
      await Promise.all([...this.standIns.values()].map((standIn) => standIn.close()));
      await Promise.all([this.live.close(), this.plain.close()]);
      rmSync(this.facts.folder, { recursive: true, force: true });
    }
  }

  private async openKarmada(): Promise<HttpApiServer> {
    const tls = { ...(await this.admin()), rejectUnauthorized: true };
    for (const component of this.facts.standIns) await this.standFor(component);
    const credentials = { tls, headers: {} };
    return new HttpApiServer({
      door: { plane: 'karmada', url: this.url, name: 'the admin kubeconfig', from: ADMIN },
      credentials: { get: async () => credentials, renew: async () => credentials },
    });
  }

  /** As a pod would: its Secret is there by now. */
  private async standFor(component: string): Promise<void> {
    if (this.standIns.has(component)) return;
    const { port } = new URL(this.at(`https://${component}`, 443));
    const [serving, proxies] = await Promise.all(
      [`${component}-cert`, 'karmada-front-proxy-ca'].map((name) => this.secret(name)),
    );
    const [cert, key] = ['tls.crt', 'tls.key'].map((file) => secretValue(serving, file));
    const standIn = new StandIn();
    this.standIns.set(component, standIn);
    await standIn.listen(Number(port), { cert, key }, secretValue(proxies, 'tls.crt'));
  }

  private at(service: string, port: number): string {
    return this.facts.table.named(`${service}.${this.facts.namespace}.svc.cluster.local:${port}`);
  }
}
