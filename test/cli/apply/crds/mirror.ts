import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { makeAuthority, makeCertificate } from '../../../../cli/apply/pki/certificate';

export interface Answer {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer | string;
}

/** A server with TLS, and what it was asked for. */
export class Mirror {
  static readonly open: Server[] = [];

  static async start(
    answer: (path: string) => Answer | Promise<Answer>,
    names = ['localhost', 'mirror.test'],
  ): Promise<Mirror> {
    const now = new Date();
    const authority = await makeAuthority({ secret: 'ca', commonName: 'mirror', lifetimeDays: 1 }, now);
    const made = await makeCertificate(
      {
        secret: 'c',
        authority: 'ca',
        commonName: 'mirror',
        organizations: [],
        usages: ['server'],
        dnsNames: names,
        ipAddresses: ['127.0.0.1'],
        lifetimeDays: 1,
      },
      authority,
      now,
    );
    const asked: string[] = [];
    const server = createSecureServer({ cert: made.certificate, key: made.key }, async (request, response) => {
      asked.push(request.url ?? '');
      const { status = 200, headers = {}, body = '' } = await answer(request.url ?? '');
      response.writeHead(status, headers);
      response.end(body);
    });
    await listening(server);
    return new Mirror((server.address() as AddressInfo).port, authority.certificate, asked);
  }

  private constructor(
    readonly port: number,
    readonly ca: string,
    readonly asked: string[],
  ) {}

  url(path: string): string {
    return `https://localhost:${this.port}${path}`;
  }
}

/** A proxy that leads to one port, whatever it is asked for, and what it was asked for. */
export async function startProxy(port: number): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', ({ url }, socket, head) => {
    asked.push(url ?? '');
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    for (const end of [socket, through]) end.on('error', () => undefined);
  });
  await listening(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function listening(server: Server): Promise<void> {
  Mirror.open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Stops all of them. */
export function stopAll(): void {
  for (const server of Mirror.open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}
