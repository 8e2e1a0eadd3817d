import type { Access } from './kubeconfig';

/** What a server has to be shown, and what it has to show. */
export interface Credentials {
  readonly tls: {
    readonly ca?: Buffer | string;
    readonly cert?: Buffer | string;
    readonly key?: Buffer | string;
    readonly servername?: string;
    readonly rejectUnauthorized: boolean;
  };
  readonly headers: { readonly [name: string]: string | string[] };
}

/** Where credentials come from. */
export interface CredentialSource {
  /** The credentials to use now. */
  get(): Promise<Credentials>;
  /** New ones, after the server did not accept the last ones. */
  renew(): Promise<Credentials>;
}

/** Files and tokens are read again after this long: they are replaced while a command waits. */
const READ_AGAIN_MS = 30_000;
/** A plugin is asked again when so much of the time that its answer is good is over. */
const SPENT = 0.8;

/** What was read. Times are in milliseconds since 1970, by the clock of this machine. */
interface Answer {
  readonly credentials: Credentials;
  /** When a plugin has to be asked again; never without a time of its own. */
  readonly spentMs: number;
  /** When its answer ends. */
  readonly endMs: number;
}

/**
 * The credentials of one context. The only module that touches @kubernetes/client-node, which is loaded when the first
 * request is made: it is big, and ES modules only. Requests in flight at one time share one reading, so an exec plugin
 * runs once.
 */
export class KubeconfigCredentials implements CredentialSource {
  private client?: Promise<any>;
  private reading?: Promise<Credentials>;
  private last?: Answer;
  /** When the reading is over; while it goes on it has no end, for a plugin may take long. */
  private readAgainMs = 0;

  constructor(private readonly access: Access) {}

  get(): Promise<Credentials> {
    return this.reading && Date.now() < this.readAgainMs ? this.reading : this.read(this.last);
  }

  renew(): Promise<Credentials> {
    this.client = undefined; // with it goes what plugins answered before
    return this.read();
  }

  /** `before`: what does for as long as it is good when there is no new answer. */
  private read(before?: Answer): Promise<Credentials> {
    if (before && Date.now() >= before.spentMs) this.client = undefined;
    this.readAgainMs = Number.POSITIVE_INFINITY;
    const reading = this.ask().then(
      (answer) => this.keep(answer, answer.spentMs),
      (error) => {
        if (!before || before.spentMs === Number.POSITIVE_INFINITY || Date.now() >= before.endMs) throw error;
        return this.keep(before, spentAt(before.endMs));
      },
    );
    this.reading = reading;
    reading.catch(() => {
      if (this.reading === reading) this.reading = this.client = this.last = undefined; // the next request asks again
    });
    return reading;
  }

  private keep(answer: Answer, spentMs: number): Credentials {
    this.last = answer;
    this.readAgainMs = Math.min(Date.now() + READ_AGAIN_MS, spentMs);
    return answer.credentials;
  }

  private async ask(): Promise<Answer> {
    const known = this.client && this.last; // client-node gives what the plugin answered then
    this.client ??= load(this.access);
    const client = await this.client;
    const options: any = {};
    await client.applyToHTTPSOptions(options);
    const headers = { ...options.headers, ...impersonation(this.access.user) };
    if (options.auth) headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    const { ca, cert, key, servername } = options;
    const rejectUnauthorized = this.access.cluster['insecure-skip-tls-verify'] !== true;
    const endMs = endOf(client);
    const credentials = { tls: { ca, cert, key, servername, rejectUnauthorized }, headers };
    return { credentials, endMs, spentMs: known?.spentMs ?? spentAt(endMs) };
  }
}

/** One that is over already says that the clocks differ: the server has the last word. */
function spentAt(endMs: number): number {
  const now = Date.now();
  return endMs > now ? now + SPENT * (endMs - now) : Number.POSITIVE_INFINITY;
}

/** When what a plugin answered ends, which client-node keeps for itself; never when it does not say. */
function endOf(client: any): number {
  const answers: any[] = client.authenticators.flatMap(({ tokenCache }: any) => tokenCache?.user ?? []);
  const endMs = Date.parse(answers[0]?.status?.expirationTimestamp);
  return Number.isNaN(endMs) ? Number.POSITIVE_INFINITY : endMs;
}

async function load(access: Access): Promise<any> {
  // this file alone: the index would bring the classes of every API along
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const client = new KubeConfig();
  const { 'proxy-url': _proxy, ...cluster } = access.cluster; // the transport goes through it, not client-node
  // client-node takes plain http only together with this flag, which means nothing there
  const plain = cluster.server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {};
  client.loadFromString(
    JSON.stringify({
      clusters: [{ name: 'cluster', cluster: { ...cluster, ...plain } }],
      users: [{ name: 'user', user: understood(access) }],
      contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
      'current-context': 'context',
    }),
  );
  return client;
}

/** A user in words that client-node knows: it passes over `tokenFile`, and tells plugins nothing about the cluster. */
function understood({ user, cluster }: Access): any {
  const { tokenFile, exec, ...rest } = user;
  if (tokenFile) return { ...rest, token: undefined, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
  if (!exec) return user;
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec.provideClusterInfo && {
        cluster: {
          server: cluster.server,
          'certificate-authority-data': cluster['certificate-authority-data'],
          'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
          'tls-server-name': cluster['tls-server-name'],
        },
      }),
    },
  };
  const env = [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }];
  return { ...rest, exec: { ...exec, env } };
}

/** client-node knows the user to act as, not the groups, and would act with more rights than the file says. */
function impersonation(user: any): { [name: string]: string | string[] } {
  const headers: { [name: string]: string | string[] } = {};
  if (user.as) headers['Impersonate-User'] = user.as;
  if (user['as-uid']) headers['Impersonate-Uid'] = user['as-uid'];
  if (user['as-groups']?.length) headers['Impersonate-Group'] = user['as-groups'];
  for (const [name, values] of Object.entries<string[]>(user['as-user-extra'] ?? {})) {
    headers[`Impersonate-Extra-${encodeURIComponent(name)}`] = values;
  }
  return headers;
}
