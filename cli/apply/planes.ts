import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError, ExitCode } from '../plan/command-error';
import type { ApiServer, Plane } from './api-server';
import { connect, type Way } from './http-api-server';
import { inCluster } from './in-cluster';
import { type Access, accessOf, actingAs, type Kubeconfig, mergeKubeconfigs, parseKubeconfig } from './kubeconfig';
import { secretValue } from './pki/decision';
import { readSecret } from './pki/existing';
import type { PkiPlan } from './pki/plan';
import {
  type ContextChoice,
  choosePlane,
  flagOf,
  type Given,
  PLANES_FILE,
  type PlaneFlags,
  parsePlanesFile,
} from './plane-choice';
import { type Gateway, PortForward } from './port-forward';
import { refuseOneServer, refuseUnexpected } from './server-identity';

/** What the planes of one instance are looked for with. */
export interface PlanesRequest {
  readonly instance: string;
  /** The instances in the input. */
  readonly instances: readonly string[];
  /** The planes that charts of the input need. With both, they must not be one server. */
  readonly needs: readonly Plane[];
  readonly flags: PlaneFlags;
  /** Folder of `cdk8s.yaml`. */
  readonly folder: string;
  readonly workingFolder: string;
  readonly environment: { readonly [name: string]: string | undefined };
  /** Folder of a pod's service account. @default - where Kubernetes puts it */
  readonly serviceAccount?: string;
  /** The instance's, when it is in the input: it names the Secret with Karmada's admin kubeconfig. */
  readonly pkiPlan?: PkiPlan;
}

/** How a plane is opened. */
export type Connect = (
  plane: Plane,
  access: Access,
  name: string,
  from: string,
  way?: Parameters<typeof connect>[4],
) => ApiServer;

/** Does this machine know the address of a host? */
export type Resolves = (hostname: string) => Promise<boolean>;

/**
 * The planes of one instance: each is found and opened when it is first asked for, so that a plane that nobody needs
 * need not be there.
 */
export class Planes {
  private readonly given: Given;
  private opened: { [plane in Plane]?: Promise<ApiServer | undefined> } = {};

  constructor(
    private readonly request: PlanesRequest,
    private readonly open: Connect = connect,
    private readonly resolves: Resolves = resolvesHere,
  ) {
    const { instance, instances, flags, folder, workingFolder, environment } = request;
    const homeFolder = environment.HOME || homedir();
    const path = join(folder, PLANES_FILE);
    const file = existsSync(path) ? parsePlanesFile(read(path, PLANES_FILE), path) : undefined;
    this.given = { instance, instances, flags, file, environment, homeFolder, workingFolder };
    // what can be said without a server is said before anything is opened
    for (const plane of request.needs) this.choose(plane);
  }

  /** The cluster that runs the instance. */
  host(): Promise<ApiServer> {
    this.opened.host ??= Promise.resolve().then(() => this.openExpected('host', this.choose('host') as ContextChoice));
    return this.opened.host as Promise<ApiServer>;
  }

  /** What the host is chosen from: a kubeconfig with all its contexts. */
  hostKubeconfig(): Kubeconfig {
    return this.kubeconfigOf(this.choose('host') as ContextChoice, 'host');
  }

  /** The cluster of one of its contexts; the caller closes it. */
  openHost(context: string): ApiServer {
    const access = accessOf(this.hostKubeconfig(), { by: 'this kubeconfig', flag: flagOf('host') }, context);
    return this.open('host', access, `context "${context}"`, access.files.join(', '));
  }

  /** Karmada's API server; `undefined` while its admin Secret is not there: the instance is not installed yet. */
  karmada(): Promise<ApiServer | undefined> {
    if (this.opened.karmada) return this.opened.karmada;
    const opening = this.openKarmada();
    this.opened.karmada = opening;
    const again = () => {
      this.opened.karmada = undefined;
    };
    opening.then((server) => server ?? again(), again); // what is not there yet may be there the next time
    return opening;
  }

  /**
   * Is Karmada there by the word of its host, and none of its API servers? So it is after a first apply that did not get that
   * far, and after all of them were lost.
   */
  async isDown(): Promise<boolean> {
    if (this.choose('karmada') !== 'admin-secret') return false;
    const admin = await this.admin();
    return admin !== undefined && isGateway(admin.host) && new PortForward(admin.host, admin.service).isDown();
  }

  async close(): Promise<void> {
    const servers = await Promise.allSettled(Object.values(this.opened));
    this.opened = {};
    await Promise.all(servers.map((one) => (one.status === 'fulfilled' ? one.value?.close() : undefined)));
  }

  private choose(plane: Plane) {
    const choice = choosePlane(plane, this.given);
    if (choice === 'admin-secret' && !this.request.pkiPlan?.kubeconfigs.length) throw this.noKarmada();
    return choice;
  }

  private async openKarmada(): Promise<ApiServer | undefined> {
    const choice = this.choose('karmada');
    const server = choice === 'admin-secret' ? await this.openAdmin() : await this.openExpected('karmada', choice);
    if (!server || !(choice === 'admin-secret' || this.request.needs.includes('host'))) return server;
    try {
      await refuseOneServer(await this.host(), server);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  /** What the host says about its own Karmada is taken for granted; who names a context may be wrong about it. */
  private async openExpected(plane: Plane, choice: ContextChoice): Promise<ApiServer> {
    const server = this.openContext(plane, choice);
    const { expectClusterUids = [] } = this.given.flags;
    if (!expectClusterUids.length) return server;
    try {
      await refuseUnexpected(server, expectClusterUids);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  private openContext(plane: Plane, choice: ContextChoice): ApiServer {
    const found = accessOf(this.kubeconfigOf(choice, plane), { by: choice.by, flag: flagOf(plane) }, choice.context);
    const access = actingAs(found, this.given.flags);
    return this.open(plane, access, `context "${access.context}"`, access.files.join(', '));
  }

  /**
   * Through the Secret on the host. It names the server as pods see it; where that name means nothing, the host hands the
   * connections on to the pods.
   */
  private async openAdmin(): Promise<ApiServer | undefined> {
    const admin = await this.admin();
    if (!admin) return undefined;
    const { host, access, at, service } = admin;
    const { namespace, name, port } = service;
    const otherwise = `give a context that reaches it with ${flagOf('karmada')}, such as one with server https://localhost:${port} while \`kubectl port-forward -n ${namespace} service/${name} ${port}\` runs`;
    if (!isGateway(host) || (await this.resolves(new URL(access.cluster.server).hostname)))
      return this.open('karmada', access, 'the admin kubeconfig', at, { otherwise });
    const forward = new PortForward(host, service);
    const way: Way = { otherwise, dial: () => forward.connect() };
    return this.open('karmada', access, 'the admin kubeconfig, through the host', at, way);
  }

  /** What the host says about its Karmada; undefined while it says nothing. */
  private async admin() {
    const { namespace, kubeconfigs } = this.request.pkiPlan as PkiPlan;
    const { secret: name, key } = kubeconfigs[0];
    const host = await this.host();
    const secret = await readSecret(host, namespace, name);
    if (!secret) return undefined;
    const at = `host: Secret/${namespace}/${name}`;
    const kubeconfig = parseKubeconfig(secretValue(secret, key), at);
    const access: Access = actingAs(accessOf(kubeconfig, { by: at, flag: flagOf('karmada') }), this.given.flags);
    const { hostname, port } = new URL(access.cluster.server);
    return { host, access, at, service: { namespace, name: hostname.split('.')[0], port: Number(port) } };
  }

  private kubeconfigOf(choice: ContextChoice, plane: Plane): Kubeconfig {
    const files = choice.optional ? choice.files.filter((file) => existsSync(file)) : choice.files;
    if (files.length) return mergeKubeconfigs(files.map((file) => parseKubeconfig(read(file, choice.by), file)));
    if (plane === 'host' && choice.context === undefined) {
      const own = inCluster(this.given.environment, this.request.serviceAccount);
      if (own) return own;
    }
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `there is no kubeconfig: ${choice.files.join(', ')} does not exist`,
        at: choice.by,
        fix: `name one with --${plane}-kubeconfig, or set KUBECONFIG`,
      },
    ]);
  }

  private noKarmada(): CommandError {
    return new CommandError(ExitCode.USAGE, [
      {
        what: `nothing says where the Karmada of "${this.given.instance}" is, and the input does not install it`,
        at: this.given.file?.path,
        fix: `give ${flagOf('karmada')}, or say it in ${PLANES_FILE} next to cdk8s.yaml, under planes.${this.given.instance}.karmada: {kubeconfig, context}`,
      },
    ]);
  }
}

function isGateway(server: ApiServer): server is Gateway {
  return server.openPort !== undefined;
}

async function resolvesHere(hostname: string): Promise<boolean> {
  return lookup(hostname).then(
    () => true,
    () => false,
  );
}

function read(path: string, by: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error: any) {
    const words = { ENOENT: 'it does not exist', EACCES: 'this user may not read it', EISDIR: 'it is a folder' };
    const why = words[error.code as keyof typeof words] ?? error.code;
    const fix = 'give the path of a file that can be read';
    throw new CommandError(ExitCode.USAGE, [{ what: `${path} cannot be read: ${why}`, at: by, fix }]);
  }
}
