import type { Duplex } from 'node:stream';
import { answerText } from '../plan/answer';
import { condition } from '../plan/readiness/condition';
import type { ApiServer, PodPort } from './api-server';

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

  private async choose(): Promise<PodPort> {
    const { namespace, name, port } = this.service;
    const key = { apiVersion: 'v1', kind: 'Service', namespace, name };
    const service = await this.read(key, `/services/${encodeURIComponent(name)}`);
    const { targetPort = port } = service.spec.ports.find((each: any) => each.port === port) ?? {};
    const labelSelector = Object.entries(service.spec.selector ?? {})
      .map(([label, value]) => `${label}=${value}`)
      .join(',');
    const { items } = await this.read({ ...key, kind: 'Pod', name: '' }, '/pods', { labelSelector });
    const pods = items.filter((pod: any) => !pod.metadata.deletionTimestamp);
    const ready = pods.find((pod: any) => condition(pod, 'Ready')?.status === 'True');
    if (!ready) throw new Error(`no pod of Service ${namespace}/${name} on the host is ready`);
    return { namespace, pod: ready.metadata.name, port: numberOf(targetPort, ready) };
  }

  private async read(key: any, path: string, query?: { readonly [name: string]: string }): Promise<any> {
    const whole = `/api/v1/namespaces/${encodeURIComponent(key.namespace)}${path}`;
    const answer = await this.host.request({ method: 'GET', path: whole, query });
    if (answer.status === 200) return answer.body;
    throw new Error(`the way to it through the host is not there: ${answerText(key, answer)}`);
  }
}

function numberOf(port: number | string, pod: any): number {
  if (typeof port === 'number') return port;
  const ports = pod.spec.containers.flatMap((container: any) => container.ports ?? []);
  return ports.find(({ name }: any) => name === port)?.containerPort;
}
