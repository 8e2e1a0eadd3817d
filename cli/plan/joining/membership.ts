import { CLUSTERS } from '../fleet-record';
import { appliedFields } from '../owned-fields';
import { CLUSTER_NAMESPACE, impersonatorSecret, JOIN_MANAGER, SYSTEM } from './names';
import type { Reach } from './reach';

/** What is said of a member where no code says it. */
export interface Place {
  readonly provider?: string;
  readonly region?: string;
  readonly zones?: readonly string[];
}

/** The part of a Cluster that a join writes; all else is the code's, or Karmada's. */
export function pushCluster(name: string, id: string, reach: Reach, place: Place, live?: any): any {
  return cluster(name, {
    syncMode: 'Push',
    id,
    apiEndpoint: reach.endpoint,
    secretRef: { namespace: CLUSTER_NAMESPACE, name },
    impersonatorSecretRef: { namespace: CLUSTER_NAMESPACE, name: impersonatorSecret(name) },
    ...(reach.insecure && { insecureSkipTLSVerification: true }),
    ...(reach.proxyUrl !== undefined && { proxyURL: reach.proxyUrl }),
    ...saidBefore(live),
    ...Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)),
  });
}

/** An agent takes a Cluster that is there for its own by its id alone. */
export function pullCluster(name: string, id: string): any {
  return cluster(name, { syncMode: 'Pull', id });
}

function cluster(name: string, spec: any): any {
  return { apiVersion: CLUSTERS.apiVersion, kind: CLUSTERS.kind, metadata: { name }, spec };
}

/** What an earlier join said stays until another says something else. */
function saidBefore(live: any): Place {
  const fields = (live && appliedFields(live, JOIN_MANAGER)?.fields?.['f:spec']) ?? {};
  const kept = ['provider', 'region', 'zones'].filter((field) => fields[`f:${field}`] !== undefined);
  return Object.fromEntries(kept.map((field) => [field, live.spec[field]]));
}

/** Values, each in base64 as Secrets hold it. */
export interface Tokens {
  readonly account: string;
  readonly impersonator: string;
}

/**
 * What Karmada reaches a member with. Both go with the Cluster, once that is there.
 *
 * @param uid of the Cluster
 */
export function credentials(name: string, tokens: Tokens, reach: Reach, uid?: string): any[] {
  return [
    secret(impersonatorSecret(name), { token: tokens.impersonator }, name, uid),
    secret(name, { token: tokens.account, caBundle: Buffer.from(reach.authority).toString('base64') }, name, uid),
  ];
}

function secret(name: string, data: any, owner: string, uid?: string): any {
  const { apiVersion, kind } = CLUSTERS;
  const ownerReferences = [{ apiVersion, kind, name: owner, uid, controller: true, blockOwnerDeletion: true }];
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: CLUSTER_NAMESPACE, name, labels: SYSTEM, ...(uid !== undefined && { ownerReferences }) },
    type: 'Opaque',
    data,
  };
}
