import { type ApplyOptions, applyInput, planLive } from '../../../cli/apply/engine';
import { membersOf } from '../../../cli/apply/inventory';
import type { InputSelection } from '../../../cli/plan/chart-selection';
import type { Plan } from '../../../cli/plan/plan';
import type { ApplyEvent } from '../../../cli/plan/progress';
import { type ChartOfTest, inputOf } from '../../cli/apply/engine-input';
import { type PlainClient, plainClient } from '../plain-client';
import { startApiServer, type TestServer } from '../testbed';

/** Options of a run, and what of the input it is about. */
type More = Omit<Partial<ApplyOptions>, 'instance'> & InputSelection;

/** Both planes, and what a test of pruning does with them. */
export class PruneServers {
  private constructor(
    readonly hostServer: TestServer,
    readonly karmadaServer: TestServer,
    readonly host: PlainClient,
    readonly karmada: PlainClient,
  ) {}

  static async start(): Promise<PruneServers> {
    const [one, other] = await Promise.all([startApiServer(), startApiServer()]);
    return new PruneServers(one, other, plainClient('host', one), plainClient('karmada', other));
  }

  async stop(): Promise<void> {
    await Promise.all([this.host.close(), this.karmada.close()]);
    await Promise.all([this.hostServer.stop(), this.karmadaServer.stop()]);
  }

  kubectl(...args: string[]): string {
    return this.karmadaServer.kubectl(args);
  }

  /** Made by kubectl, as others do. */
  create(...objects: any[]): void {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    this.karmadaServer.kubectl(['apply', '--server-side', '--field-manager=others', '-f', '-'], list);
  }

  async apply(charts: readonly ChartOfTest[], more: More = {}, servers: any = this.planes(charts)) {
    const events: ApplyEvent[] = [];
    const tell = (event: ApplyEvent) => {
      events.push(event);
      more.tell?.(event);
    };
    const { instance, only, ...options } = more;
    const summary = await applyInput(inputOf(charts, { instance, only }), servers, { ...OPTIONS, ...options, tell });
    return { summary, events };
  }

  plan(charts: readonly ChartOfTest[], more: More = {}): Promise<Plan> {
    const { instance, only, ...options } = more;
    return planLive(inputOf(charts, { instance, only }), this.planes(charts), { ...OPTIONS, ...options });
  }

  /** Names of what the record of a chart on Karmada lists. */
  recorded(path: string, namespace = 'cdk8s-karmada'): string[] {
    return this.record(path, namespace)
      .map(({ kind, namespace, name }) => [kind, namespace, name].filter(Boolean).join('/'))
      .sort();
  }

  private record(path: string, namespace: string) {
    const name = `east-${path.replaceAll('/', '-')}-karmada`;
    return membersOf(JSON.parse(this.kubectl('get', 'configmap', name, '-n', namespace, '-o', 'json'))) ?? [];
  }

  exists(...args: string[]): boolean {
    return this.kubectl('get', ...args, '--ignore-not-found', '-o', 'name') !== '';
  }

  private planes(charts: readonly ChartOfTest[]) {
    const needs = (plane: string) => charts.some((chart) => chart.plane === plane);
    return { ...(needs('host') ? { host: this.host } : {}), ...(needs('karmada') ? { karmada: this.karmada } : {}) };
  }
}

export const OPTIONS: ApplyOptions = { toolVersion: '1.0.0', now: Date.now, wait: 'ready', timeoutMs: 5000 };

export const configMap = (name: string, namespace = 'shop', data: any = { a: '1' }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

export const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export const chart = (path: string, ...objects: any[]): ChartOfTest => ({ plane: 'karmada', path, objects });

export const definition = (kind: string) => {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.example.io` },
    spec: {
      group: 'example.io',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };
};

export const custom = (kind: string, name: string, ns = 'shop') => ({
  apiVersion: 'example.io/v1',
  kind,
  metadata: { name, namespace: ns },
  spec: { size: 1 },
});

/** What is shown of what leaves. */
export const shown = ({ prunes }: Plan) =>
  prunes.map(({ action, key, why, notes }) => [
    action,
    [key.kind, key.name].join('/'),
    ...(why ? [why] : []),
    ...notes,
  ]);
