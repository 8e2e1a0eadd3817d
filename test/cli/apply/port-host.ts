import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What a WebSocket's handshake is answered with (RFC 6455). */
const WEB_SOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** An API server with one Service and its pods, that hands connections on as kubelet does. */
export class PortHost {
  pods: any[] = [];
  /** Status of the answer to whoever asks for a port. */
  refusal?: number;
  /** What kubelet says instead of handing on. */
  trouble?: string;
  /** Every pod that a port was asked of. */
  readonly asked: string[] = [];
  private readonly tunnels = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly port: number) {
    this.server = createServer((request, response) => {
      const [status, body] = this.answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    this.server.on('upgrade', (request, socket) => this.handOn(request, socket as Socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as any).port}`;
  }

  /** As when a pod is deleted. */
  cut(): void {
    for (const socket of this.tunnels) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ url = '' }: IncomingMessage): [number, unknown] {
    if (url.includes('/portforward'))
      return this.refusal
        ? [this.refusal, { message: 'pods "api-0" is forbidden: User "ann" cannot get resource "pods/portforward"' }]
        : [400, { message: 'Upgrade request required' }];
    if (url.includes('/services/')) {
      const ports = [{ name: 'https', port: 5443, targetPort: 'https' }];
      return [200, { spec: { selector: { app: 'api' }, ports } }];
    }
    return url.endsWith('/pods?labelSelector=app%3Dapi') ? [200, { items: this.pods }] : [404, {}];
  }

  private handOn({ url = '', headers }: IncomingMessage, socket: Socket): void {
    this.asked.push(url.replace(/^.*\/pods\//, ''));
    this.tunnels.add(socket);
    if (this.refusal) return void socket.end(`HTTP/1.1 ${this.refusal} Forbidden\r\nContent-Length: 0\r\n\r\n`);
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${WEB_SOCKET}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${headers['sec-websocket-protocol']}\r\n\r\n`,
    );
    const number = Buffer.alloc(2);
    number.writeUInt16LE(5443);
    for (const channel of [0, 1]) socket.write(frame(channel, number));
    if (this.trouble) return void socket.write(frame(1, Buffer.from(this.trouble)));
    const pod = connect(this.port, '127.0.0.1');
    pod.on('data', (bytes) => socket.write(frame(0, bytes)));
    pod.on('error', () => undefined);
    pod.on('close', () => socket.destroy());
    let rest = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let each = unframed(rest); each; each = unframed(rest)) {
        rest = rest.subarray(each.length);
        if (each.isClose) pod.end();
        else pod.write(each.payload.subarray(1));
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => pod.destroy());
  }
}

function frame(channel: number, bytes: Buffer): Buffer {
  const payload = Buffer.concat([Buffer.of(channel), bytes]);
  if (payload.length < 126) return Buffer.concat([Buffer.of(0x82, payload.length), payload]);
  const head = Buffer.alloc(10);
  head.set([0x82, 127]);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

/** The first frame of a client: it is masked. */
function unframed(bytes: Buffer): { payload: Buffer; length: number; isClose: boolean } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start + 4) return undefined;
  const size = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const length = start + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, length).map((byte, index) => byte ^ mask[index % 4]));
  return { payload, length, isClose: (bytes[0] & 0x0f) === 8 };
}
