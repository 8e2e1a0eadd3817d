import { Duplex } from 'node:stream';
import type { WebSocket } from 'undici';

/**
 * What kubelet speaks on a WebSocket for each port: channel 0 carries the bytes, channel 1 says what went wrong, and each
 * begins with the number of the port.
 * Mirrors kubelet's portforward websocket (v4.channel.k8s.io).
 */
export const PORT_PROTOCOL = 'v4.channel.k8s.io';

const DATA = 0;
const PORT_BYTES = 2;
/** More than this in flight, and whoever writes waits. */
const HIGH_WATER = 1024 * 1024;
const LOOK_MS = 5;

/** The bytes to and from one port of a pod. */
export class PodStream extends Duplex {
  private readonly begun = new Set<number>();

  constructor(private readonly socket: WebSocket) {
    super({ allowHalfOpen: false });
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => this.receive(Buffer.from(data as ArrayBuffer)));
    socket.addEventListener('close', () => this.push(null));
    socket.addEventListener('error', () => this.destroy(new Error('the way through the host was cut')));
  }

  override _read(): void {
    // a WebSocket cannot be told to wait
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    if (this.socket.readyState !== this.socket.OPEN) {
      done(new Error('the way through the host was closed'));
      return;
    }
    this.socket.send(Buffer.concat([Buffer.of(DATA), chunk]));
    const drained = () => {
      if (this.socket.bufferedAmount < HIGH_WATER || this.socket.readyState !== this.socket.OPEN) done();
      else setTimeout(drained, LOOK_MS);
    };
    drained();
  }

  override _final(done: (error?: Error) => void): void {
    this.socket.close();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.close();
    done(error);
  }

  private receive(message: Buffer): void {
    const [channel] = message;
    const first = !this.begun.has(channel);
    this.begun.add(channel);
    const bytes = message.subarray(first ? 1 + PORT_BYTES : 1);
    if (!bytes.length) return;
    if (channel === DATA) this.push(bytes);
    else this.destroy(new Error(bytes.toString('utf8')));
  }
}
