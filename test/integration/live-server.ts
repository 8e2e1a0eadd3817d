import { readFileSync } from 'node:fs';
import type { ApiRequest, ApiServer, Plane } from '../../cli/apply/api-server';
import { HttpApiServer } from '../../cli/apply/http-api-server';
import type { TestServer } from './testbed';

/** The command's own transport to a server of the testbed, with all that was asked through it. */
export interface LiveServer extends ApiServer {
  readonly asked: ApiRequest[];
  watch(request: ApiRequest, line: (value: any) => void, signal: AbortSignal): Promise<any>;
}

export function liveServer(plane: Plane, server: TestServer): LiveServer {
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  const ca = Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64');
  const headers = { authorization: `Bearer ${config.users[0].user.token}` };
  const credentials = { tls: { ca, rejectUnauthorized: true }, headers };
  const http = new HttpApiServer({
    door: { plane, url: server.url, name: 'the testbed', from: 'the test' },
    credentials: { get: async () => credentials, renew: async () => credentials },
  });
  const asked: ApiRequest[] = [];
  return {
    plane,
    url: server.url,
    name: 'the testbed',
    asked,
    request: (request) => {
      asked.push(request);
      return http.request(request);
    },
    watch: (request, line, signal) => {
      asked.push(request);
      return http.watch(request, line, signal);
    },
    close: () => http.close(),
  };
}

/** A clock that goes so many times as fast, from now on: a grace of seconds is over at once. */
export function fastClock(times: number): () => number {
  const start = Date.now();
  return () => start + (Date.now() - start) * times;
}
