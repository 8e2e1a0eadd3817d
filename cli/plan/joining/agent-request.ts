import { base64 } from './kubeconfig-text';
import { SYSTEM } from './names';

/** The Secret on a member with what an agent's certificate is asked for with, until the agent has it. */
export const AGENT_REQUEST = 'karmada-agent-request';

/** A certificate that was asked for. PEM. */
export interface PendingRequest {
  /** Name of the CertificateSigningRequest. */
  readonly name: string;
  readonly key: string;
  /** Undefined: nobody has signed it yet. */
  readonly certificate?: string;
}

/** Of which agent, and of which Karmada. */
export interface Asked {
  readonly cluster: string;
  readonly server: string;
}

/**
 * Keeps the key that a person may take hours to approve. No pod mounts it: in the Secret of the agent it would start one that
 * finds no kubeconfig.
 */
export function requestSecret(namespace: string, asked: Asked, { name, key, certificate }: PendingRequest): any {
  const values = {
    ...{ cluster: asked.cluster, server: asked.server, request: name, 'tls.key': key },
    ...(certificate === undefined ? {} : { 'tls.crt': certificate }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: AGENT_REQUEST, labels: SYSTEM },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, base64(value)])),
  };
}

/** What such a Secret holds for an agent; undefined when it is about another, or not whole. */
export function pendingOf(secret: any, { cluster, server }: Asked): PendingRequest | undefined {
  const value = (field: string) => decoded(secret, field);
  const [name, key] = [value('request'), value('tls.key')];
  if (!name || !key || value('cluster') !== cluster || value('server') !== server) return undefined;
  const certificate = value('tls.crt');
  return { name, key, ...(certificate === undefined ? {} : { certificate }) };
}

/** For which member it is. */
export function memberAsked(secret: any): string | undefined {
  return decoded(secret, 'cluster');
}

function decoded(secret: any, field: string): string | undefined {
  return Buffer.from(secret?.data?.[field] ?? '', 'base64').toString('utf8') || undefined;
}

/** Name of a request that was made with a token: a name that is taken could be neither read nor deleted. */
export function requestName(cluster: string, suffix: string): string {
  return `cdk8s-karmada-agent-${cluster}-${suffix}`;
}

export function requestNames(cluster: string): RegExp {
  return new RegExp(`^${requestName(cluster, '[a-z0-9]{8}')}$`);
}
