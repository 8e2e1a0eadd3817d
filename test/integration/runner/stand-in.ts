import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** Who passed a request on, and for whom. */
export interface PassedOn {
  /** Common name of the certificate of the connection. */
  readonly by: string;
  readonly user: string;
  readonly groups: string;
}

/**
 * Stands for a component that the API server passes requests on to, with its certificate: it says that it has no objects, to
 * whoever comes with a certificate of the authority of proxies and to nobody else.
 */
export class StandIn {
  readonly asked: PassedOn[] = [];
  private server?: Server;

  listen(port: number, serving: { readonly cert: string; readonly key: string }, proxies: string): Promise<void> {
    const server = createServer({ ...serving, ca: proxies, requestCert: true, rejectUnauthorized: true });
    server.on('request', ({ socket, headers, url = '' }, response) => {
      const subject = (socket as TLSSocket).getPeerCertificate().subject;
      const said = ['x-remote-user', 'x-remote-group'].map((name) => String(headers[name] ?? ''));
      this.asked.push({ by: String(subject.CN), user: said[0], groups: said[1] });
      const body = answer(url.split('?')[0]);
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? {}));
    });
    this.server = server;
    return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    const { server } = this;
    if (!server) return Promise.resolve();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}

function answer(path: string): any {
  const [, groupVersion, resource] = /^\/apis\/([^/]+\/[^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  if (!groupVersion) return undefined;
  if (resource) return { kind: 'ClusterList', apiVersion: groupVersion, metadata: {}, items: [] };
  const clusters = { name: 'clusters', singularName: 'cluster', namespaced: false, kind: 'Cluster', verbs: ['list'] };
  const resources = groupVersion.startsWith('cluster.') ? [clusters] : [];
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}
