/** Where Karmada keeps what members are reached with, on its own server and on each member, in karmadactl's words. */
export const CLUSTER_NAMESPACE = 'karmada-cluster';
/** How karmadactl marks what it makes. */
export const SYSTEM = { 'karmada.io/system': 'true' };
/** The account that Karmada acts for its own users with; Karmada itself gives it its rights. */
export const IMPERSONATOR = 'karmada-impersonator';
/** Field manager of what a join writes: what it owns an apply of the code neither undoes nor conflicts with. */
export const JOIN_MANAGER = 'cdk8s-karmada-join';

/** The account that Karmada writes to a member with. */
export function accountOf(cluster: string): string {
  return `karmada-${cluster}`;
}

/** The role of that account, and its binding. */
export function roleOf(cluster: string): string {
  return `karmada-controller-manager:${accountOf(cluster)}`;
}

/** The account that a scheduler estimator reads a member with, its role, and its binding. */
export function estimatorOf(cluster: string): string {
  return `karmada-scheduler-estimator-${cluster}`;
}

/** The namespace on Karmada with what a member is sent. */
export function executionSpace(cluster: string): string {
  return `karmada-es-${cluster}`;
}

/** Where the token of the impersonator is, on Karmada. */
export function impersonatorSecret(cluster: string): string {
  return `${cluster}-impersonator`;
}

/** Who an agent is to Karmada. */
export function agentUser(cluster: string): string {
  return `system:karmada:agent:${cluster}`;
}

/** All agents, to Karmada. */
export const AGENTS = 'system:karmada:agents';
/** Who holds a bootstrap token, to Karmada, in karmadactl's words. */
export const TOKEN_HOLDERS = 'system:bootstrappers:karmada:default-cluster-token';
/** On what is made for one member, and has no name that says so: which member that is. */
export const MEMBER = 'cdk8s-karmada.io/member';
