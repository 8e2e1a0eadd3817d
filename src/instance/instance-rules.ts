import type { Duration } from 'cdk8s';
import { isDnsLabel, isDnsSubdomain, LABEL_RULE } from '../core/private/names';
import type { Trouble } from '../core/private/trouble';
import type { ComponentsOptions } from './component-options';
import type { ControlPlane, StatelessName } from './control-plane';
import type { EtcdStorage } from './etcd-storage';
import { image } from './releases';

/** What an instance is made of, as the user gave it. */
export interface InstanceFacts {
  readonly instanceName: string;
  readonly namespace?: string;
  readonly clusterDomain?: string;
  readonly etcd: EtcdStorage;
  readonly components?: ComponentsOptions;
  readonly privateRegistry?: string;
  readonly certificateLifetime?: Duration;
}

/** DaoCloud's prefix of the virtual cluster that stands for an instance. */
const VIRTUAL_CLUSTER_PREFIX = 'k-';
/** The longest name that Karmada takes for a cluster: pkg/apis/cluster/validation/validation.go at v1.18.2. */
const CLUSTER_NAME_LENGTH = 48;
const INSTANCE_NAME_LENGTH = CLUSTER_NAME_LENGTH - VIRTUAL_CLUSTER_PREFIX.length;

const REGISTRY = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?(:[0-9]+)?(\/[a-z0-9]([-._a-z0-9]*[a-z0-9])?)*$/;
/** No certificate may outlive the authority that signed it. */
const LONGEST_CERTIFICATE_DAYS = 3650;

const DEFAULT_NAMESPACE = 'karmada-system';
const DEFAULT_DOMAIN = 'cluster.local';
const DEFAULT_CERTIFICATE_DAYS = 365;

/** The prop of each component's options. */
const COMPONENTS: { readonly [component in StatelessName]: keyof ComponentsOptions } = {
  'karmada-apiserver': 'karmadaApiServer',
  'karmada-aggregated-apiserver': 'karmadaAggregatedApiServer',
  'karmada-kube-controller-manager': 'kubeControllerManager',
  'karmada-controller-manager': 'karmadaControllerManager',
  'karmada-scheduler': 'karmadaScheduler',
  'karmada-webhook': 'karmadaWebhook',
};
const STATELESS = Object.keys(COMPONENTS) as StatelessName[];

/** The namespace of an instance on the host. */
export function namespaceOf({ namespace }: { readonly namespace?: string }): string {
  return namespace ?? DEFAULT_NAMESPACE;
}

/** The name of the virtual cluster that stands for an instance. */
export function virtualClusterName(instanceName: string): string {
  return `${VIRTUAL_CLUSTER_PREFIX}${instanceName}`;
}

/** What is wrong with the names of an instance, be it made here or by others. */
export function nameTroubles(at: string, facts: { instanceName: string; namespace?: string }): Trouble[] {
  const { instanceName } = facts;
  const namespace = namespaceOf(facts);
  const found: Trouble[] = [];
  if (!isDnsLabel(instanceName, Number.POSITIVE_INFINITY)) {
    found.push({
      what: `instanceName must be ${LABEL_RULE}, got "${instanceName}"`,
      at,
      fix: 'use a name such as east or eu-1',
    });
  }
  if (instanceName.length > INSTANCE_NAME_LENGTH) {
    const name = virtualClusterName(instanceName);
    found.push({
      what: `instanceName must be ${INSTANCE_NAME_LENGTH} characters or less, got ${instanceName.length}: its virtual cluster "${name}" would have ${name.length}, and Karmada takes ${CLUSTER_NAME_LENGTH}`,
      at,
      fix: 'use a shorter name',
    });
  }
  if (!isDnsLabel(namespace)) {
    found.push({
      what: `namespace must be ${LABEL_RULE}, at most 63, got "${namespace}"`,
      at,
      fix: `leave it out to use ${DEFAULT_NAMESPACE}`,
    });
  }
  return found;
}

/** Everything that is wrong with the props of an instance, all at once. */
export function instanceTroubles(at: string, facts: InstanceFacts): Trouble[] {
  const { privateRegistry: registry, certificateLifetime } = facts;
  const namespace = namespaceOf(facts);
  const found = nameTroubles(at, facts);
  if (namespace === 'default' || namespace.startsWith('kube-')) {
    found.push({
      what: `namespace must be one that the instance has for itself, got "${namespace}"`,
      at,
      fix: `leave it out to use ${DEFAULT_NAMESPACE}: the namespace goes when the instance is destroyed`,
    });
  }
  if (facts.clusterDomain !== undefined && !isDnsSubdomain(facts.clusterDomain)) {
    found.push({
      what: `clusterDomain must be a DNS domain without a dot at its end, got "${facts.clusterDomain}"`,
      at,
      fix: `leave it out to use ${DEFAULT_DOMAIN}, or take it from the "search" line of /etc/resolv.conf in a pod of the host`,
    });
  }
  if (registry !== undefined && !REGISTRY.test(registry)) {
    found.push({
      what: `privateRegistry must be a host with an optional port and path, got "${registry}"`,
      at,
      fix: 'write it as registry.example.com:5000/karmada, without a scheme and without a slash at its end',
    });
  }
  const days = certificateLifetime?.toDays({ integral: false }) ?? DEFAULT_CERTIFICATE_DAYS;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_CERTIFICATE_DAYS) {
    found.push({
      what: `certificateLifetime must be whole days, 1 to ${LONGEST_CERTIFICATE_DAYS}, got ${days} days`,
      at,
      fix: `use Duration.days(${DEFAULT_CERTIFICATE_DAYS}), or leave it out: certificates are renewed when a third of it is left`,
    });
  }
  for (const prop of Object.values(COMPONENTS)) {
    const replicas = facts.components?.[prop]?.replicas;
    if (replicas === undefined || (Number.isInteger(replicas) && replicas > 0)) continue;
    found.push({
      what: `replicas of ${prop} must be a whole number, 1 or more, got ${replicas}`,
      at,
      fix: 'use 2, which survives the loss of a node, or leave it out',
    });
  }
  return found;
}

/** The facts with all defaults; there must be no trouble with them. */
export function controlPlane(facts: InstanceFacts, version: string): ControlPlane {
  const replicas = facts.etcd.replicas > 1 ? 2 : 1;
  return {
    instanceName: facts.instanceName,
    namespace: namespaceOf(facts),
    clusterDomain: facts.clusterDomain ?? DEFAULT_DOMAIN,
    version,
    etcd: facts.etcd,
    images: byName(['etcd', ...STATELESS], (name) => image(name, version, facts.privateRegistry)),
    replicas: byName(STATELESS, (name) => facts.components?.[COMPONENTS[name]]?.replicas ?? replicas),
    certificateLifetimeDays: facts.certificateLifetime?.toDays() ?? DEFAULT_CERTIFICATE_DAYS,
  };
}

function byName<N extends string, T>(names: readonly N[], value: (name: N) => T): { readonly [name in N]: T } {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as { [name in N]: T };
}
