import { readFileSync } from 'node:fs';
import type { ApiRequest, ApiServer, Plane } from '../../../cli/apply/api-server';
import type { CredentialSource } from '../../../cli/apply/credentials';
import { type ApplyOptions, applyInput } from '../../../cli/apply/engine';
import { HttpApiServer } from '../../../cli/apply/http-api-server';
import type { ApplyEvent } from '../../../cli/plan/progress';
import { type ChartOfTest, inputOf } from '../../cli/apply/engine-input';
import type { FaultProxy } from '../fault-proxy';
import type { TestServer } from '../testbed';

export function tokenOf(server: Pick<TestServer, 'kubeconfig'>): string {
  return JSON.parse(readFileSync(server.kubeconfig, 'utf8')).users[0].user.token;
}

/** The headers of an almighty user, who acts as somebody else where that is said. */
export function headersOf(server: Pick<TestServer, 'kubeconfig'>, as?: string): { readonly [name: string]: string } {
  return { Authorization: `Bearer ${tokenOf(server)}`, ...(as ? { 'Impersonate-User': as } : {}) };
}

/** The command's own transport, with these headers, through the proxy. */
export function throughProxy(
  plane: Plane,
  proxy: Pick<FaultProxy, 'url'>,
  headers: { readonly [name: string]: string },
  credentials?: CredentialSource,
): ApiServer {
  const always = { tls: { rejectUnauthorized: true }, headers };
  return new HttpApiServer({
    door: { plane, url: proxy.url, name: 'the testbed', from: 'the test' },
    credentials: credentials ?? { get: async () => always, renew: async () => always },
  });
}

/** The same server, with so much time for each request, and what was asked of it. */
export function hasty(server: ApiServer, timeoutMs: number): ApiServer & { readonly asked: ApiRequest[] } {
  const asked: ApiRequest[] = [];
  return {
    plane: server.plane,
    url: server.url,
    asked,
    request: (request) => {
      asked.push(request);
      return server.request({ ...request, timeoutMs });
    },
    close: () => server.close(),
  };
}

export function configMap(name: string, namespace: string, data: object = { a: '1' }): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

export function namespace(name: string): any {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** A chart for Karmada: a namespace, and so many objects in it. */
export function shop(name: string, size: number, data?: object): ChartOfTest {
  const objects = Array.from({ length: size }, (_, i) => configMap(`item-${i}`, name, data));
  return { plane: 'karmada', path: name, objects: [namespace(name), ...objects] };
}

/** Applies charts to a Karmada; what was told comes with the summary. */
export async function applied(charts: readonly ChartOfTest[], karmada: ApiServer, more: Partial<ApplyOptions> = {}) {
  const events: ApplyEvent[] = [];
  const options = { toolVersion: '1.0.0', now: Date.now, wait: 'none' as const, ...more };
  const tell = (event: ApplyEvent) => {
    events.push(event);
    more.tell?.(event);
  };
  const summary = await applyInput(inputOf(charts), { karmada }, { ...options, tell });
  return { summary, events };
}
