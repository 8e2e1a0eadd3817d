import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { ApiRequest, ApiResponse, ApiServer, Plane } from '../../cli/apply/api-server';
import type { TestServer } from './testbed';

/** A client that shares no code with the command's: an independent witness of what a server has. */
export interface PlainClient extends ApiServer {
  /** Method and path of everything that was sent, in order. */
  readonly sent: { readonly method: string; readonly path: string }[];
}

export function plainClient(plane: Plane, server: TestServer): PlainClient {
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8'));
  const ca = Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64');
  const { token, 'client-certificate-data': cert, 'client-key-data': key } = config.users[0].user;
  const identity = cert && { cert: Buffer.from(cert, 'base64'), key: Buffer.from(key, 'base64') };
  const agent = new Agent({ ca, ...identity, keepAlive: true, maxSockets: 16 });
  const sent: { method: string; path: string }[] = [];
  return {
    plane,
    url: server.url,
    name: 'the testbed',
    sent,
    request: (wanted) => {
      sent.push({ method: wanted.method, path: wanted.path });
      return exchange(server.url, agent, token, wanted);
    },
    close: async () => agent.destroy(),
  };
}

function exchange(url: string, agent: Agent, token: string | undefined, wanted: ApiRequest): Promise<ApiResponse> {
  const { method, path, query, body, contentType = 'application/json', accept = 'application/json' } = wanted;
  const target = `${url}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  const text = body ? JSON.stringify(body) : undefined;
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    accept,
    // of a DELETE Node says no length by itself
    ...(text ? { 'content-type': contentType, 'content-length': Buffer.byteLength(text) } : {}),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(target, { method, agent, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8');
        const json = String(incoming.headers['content-type']).startsWith('application/json');
        resolve({ status: incoming.statusCode ?? 0, body: json ? JSON.parse(answer) : answer, warnings: [] });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}
