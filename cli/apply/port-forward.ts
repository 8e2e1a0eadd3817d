import type { Duplex } from 'node:stream';
import type { ObjectKey } from '../../src/core/object-key';
import { answerText } from '../plan/answer';
import { condition } from '../plan/readiness/condition';
import type { ApiRequest, ApiResponse, ApiServer, PodPort } from './api-server';

/** A Service on the host, and the port of it that is wanted. */
export interface ForwardedService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** A server whose pods can be reached through it. */
export type Gateway = ApiServer & Required<Pick<ApiServer, 'openPort'>>;

/** Connections to a Service of the host from a machine that is outside its network: through the host's API server. */
export class PortForward {
  constructor(
    private readonly host: Gateway,
    private readonly service: ForwardedService,
  ) {}

  /** A connection to a pod that is ready now: the one of the last connection may be gone. */
  async connect(): Promise<Duplex> {
    return this.host.openPort(await this.choose());
  }

  /** Has it no pod that is ready? What these credentials may not look at is taken to have one. */
  async isDown(): Promise<boolean> {
    const service = await this.ask(this.servicePath);
    if (service.status !== 200) return service.status === 404;
    const pods = await this.ask('/pods', podsOf(service.body));
    return pods.status === 200 && readyOf(pods.body) === undefined;
  }

  private async choose(): Promise<PodPort> {
    const { namespace, name, port } = this.service;
    const key = { apiVersion: 'v1', kind: 'Service', namespace, name };
    const service = bodyOf(key, await this.ask(this.servicePath));
    const { targetPort = port } = service.spec.ports.find((each: any) => each.port === port) ?? {};
    const ready = readyOf(bodyOf({ ...key, kind: 'Pod', name: '' }, await this.ask('/pods', podsOf(service))));
    if (!ready) throw new Error(`no pod of Service ${namespace}/${name} on the host is ready`);
    return { namespace, pod: ready.metadata.name, port: numberOf(targetPort, ready) };
  }

  private get servicePath(): string {
    return `/services/${encodeURIComponent(this.service.name)}`;
  }

  private ask(path: string, query?: ApiRequest['query']): Promise<ApiResponse> {
    const whole = `/api/v1/namespaces/${encodeURIComponent(this.service.namespace)}${path}`;
    return this.host.request({ method: 'GET', path: whole, query });
  }
}

function bodyOf(key: ObjectKey, answer: ApiResponse): any {
  if (answer.status === 200) return answer.body;
  throw new Error(`the way to it through the host is not there: ${answerText(key, answer)}`);
}

/** The query for the pods of a Service. */
function podsOf(service: any): { readonly labelSelector: string } {
  const labels = Object.entries(service.spec.selector ?? {});
  return { labelSelector: labels.map(([label, value]) => `${label}=${value}`).join(',') };
}

/** The first of a list of pods that takes connections. */
function readyOf({ items }: any): any {
  return items.find((pod: any) => !pod.metadata.deletionTimestamp && condition(pod, 'Ready')?.status === 'True');
}

function numberOf(port: number | string, pod: any): number {
  if (typeof port === 'number') return port;
  const ports = pod.spec.containers.flatMap((container: any) => container.ports ?? []);
  return ports.find(({ name }: any) => name === port)?.containerPort;
}
