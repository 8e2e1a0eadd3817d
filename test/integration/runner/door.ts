import { Agent, request } from 'node:https';
import { connect } from 'node:tls';

/** A certificate with its key, PEM; and the authority that the holder trusts. */
export interface Identity {
  readonly cert?: string;
  readonly key?: string;
  readonly ca: string;
  /** Whoever answers is believed. */
  readonly anybody?: boolean;
}

export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
}

/** An answer, or why there was none: the other side did not want to speak. */
export interface Answer {
  readonly status?: number;
  readonly body?: any;
  readonly refused?: string;
}

/** Asks a server over a connection of its own, as the holder of a certificate. */
export function ask(url: string, identity: Identity, question: Question): Promise<Answer> {
  const { method = question.body === undefined ? 'GET' : 'POST', path, headers, body } = question;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const { anybody, ...tls } = identity;
  const agent = new Agent({ ...tls, rejectUnauthorized: !anybody, keepAlive: false });
  return new Promise((resolve) => {
    const outgoing = request(`${url}${path}`, {
      method,
      agent,
      timeout: 10_000,
      headers: { accept: 'application/json', ...(text && { 'content-type': 'application/json' }), ...headers },
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', (error: any) => resolve({ refused: error.code ?? error.message }));
      incoming.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8');
        const json = /json/.test(String(incoming.headers['content-type'])) && said !== '';
        resolve({ status: incoming.statusCode, body: json ? JSON.parse(said) : said });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.on('error', (error: any) => resolve({ refused: error.code ?? error.message }));
    outgoing.end(text);
  });
}

/** The serial number of the certificate that a server shows. */
export function serialAt(port: number, identity: Identity): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ...identity }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
