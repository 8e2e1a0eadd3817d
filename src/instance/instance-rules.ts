import type { KarmadaVersion } from '../core/karmada-version';
import { labelTroubles } from '../core/private/cluster-names';
import { isDnsLabel, isDnsSubdomain, isLabelKey, LABEL_KEY_RULE, LABEL_RULE } from '../core/private/names';
import type { Trouble } from '../core/private/trouble';
import { VIRTUAL_CLUSTER_PREFIX, virtualClusterName } from '../core/private/virtual-cluster';
import { CRDS_BY_DEFAULT } from '../rules/karmada-findings';
import { ApiServerExposure } from './api-server-exposure';
import { apiServerNames } from './certificates';
import { componentsOf, componentTroubles, gateTroubles } from './component-rules';
import type { ControlPlane } from './control-plane';
import { InstanceTraffic } from './instance-traffic';
import type { MulticloudInstanceProps } from './multicloud-instance-props';
import { proxyTroubles } from './proxy-variables';

/** What an instance is made of, as the user gave it, with its release. */
export type InstanceFacts = MulticloudInstanceProps & { readonly version: KarmadaVersion };

/** The longest name that Karmada takes for a cluster: pkg/apis/cluster/validation/validation.go at v1.18.2. */
const CLUSTER_NAME_LENGTH = 48;
const INSTANCE_NAME_LENGTH = CLUSTER_NAME_LENGTH - VIRTUAL_CLUSTER_PREFIX.length;

const REGISTRY = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?(:[0-9]+)?(\/[a-z0-9]([-._a-z0-9]*[a-z0-9])?)*$/;
/** No certificate may outlive the authority that signed it. */
const LONGEST_CERTIFICATE_DAYS = 3650;

const DEFAULT_NAMESPACE = 'karmada-system';
const DEFAULT_DOMAIN = 'cluster.local';
const DEFAULT_CERTIFICATE_DAYS = 365;

/** The namespace of an instance on the host. */
export function namespaceOf({ namespace }: { readonly namespace?: string }): string {
  return namespace ?? DEFAULT_NAMESPACE;
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
  return [
    ...found,
    ...(facts.imagePullSecrets ?? [])
      .filter((name) => !isDnsSubdomain(name))
      .map((name) => ({
        what: `imagePullSecrets has "${name}", which no Secret can be named`,
        at,
        fix: 'name a Secret of the type kubernetes.io/dockerconfigjson in the namespace of the instance',
      })),
    ...keyTroubles(at, facts),
    ...pullModeTroubles(at, facts),
    ...proxyTroubles(at, facts.proxy),
    ...gateTroubles(at, facts.version, facts.featureGates),
    ...componentTroubles(at, facts.version, facts.components),
  ];
}

/** What is wrong with the labels and annotations of the instance as a whole. */
function keyTroubles(at: string, { instanceLabels = {}, instanceAnnotations = {} }: InstanceFacts): Trouble[] {
  const reserved = [...Object.keys(instanceLabels), ...Object.keys(instanceAnnotations)]
    .filter(
      (key) =>
        key === 'app' || /^(app\.kubernetes|applyset\.kubernetes|config\.kubernetes|cdk8s-karmada)\.io\//.test(key),
    )
    .map((key) => ({ what: `"${key}" is a key that the instance sets itself`, at, fix: 'use a domain of your own' }));
  const labels = Object.entries(instanceLabels).flatMap(([key, value]) => labelTroubles(key, [value], 'label'));
  const keys = Object.keys(instanceAnnotations)
    .filter((key) => !isLabelKey(key))
    .map((key) => ({ what: `"${key}" cannot be the key of an annotation`, fix: `use ${LABEL_KEY_RULE}` }));
  return [...reserved, ...[...labels, ...keys].map((trouble) => ({ ...trouble, at }))];
}

/** Members verify the name that they call the API server by. */
function pullModeTroubles(at: string, facts: InstanceFacts): Trouble[] {
  const { pullMode, exposure, clusterDomain = DEFAULT_DOMAIN } = facts;
  if (!pullMode) return [];
  const host = pullMode._host;
  const names = [
    ...apiServerNames({ namespace: namespaceOf(facts), clusterDomain }),
    ...(exposure?._dnsNames ?? []),
    ...(exposure?._ipAddresses ?? []),
  ];
  // a wildcard stands for one label
  if (names.some((name) => name.toLowerCase() === host || name === host.replace(/^[^.]+/, '*'))) return [];
  return [
    {
      what: `members are told to reach the API server at ${pullMode._server}, and its certificate does not hold "${host}"`,
      at,
      fix: `add "${host}" to the subjectAlternativeNames of \`exposure\``,
    },
  ];
}

/** The facts with all defaults; there must be no trouble with them. */
export function controlPlane(facts: InstanceFacts): ControlPlane {
  const { version } = facts.version;
  const replicas = facts.etcd.replicas > 1 ? 2 : 1;
  return {
    instanceName: facts.instanceName,
    namespace: namespaceOf(facts),
    clusterDomain: facts.clusterDomain ?? DEFAULT_DOMAIN,
    version,
    etcd: facts.etcd,
    backup: facts.etcdBackup,
    components: componentsOf(version, replicas, facts.components, facts.privateRegistry),
    estimatedClusters: facts.components?.karmadaSchedulerEstimator?.clusters ?? [],
    exposure: facts.exposure ?? ApiServerExposure.clusterIp(),
    traffic: facts.traffic ?? InstanceTraffic.restricted(),
    pullMode: facts.pullMode,
    proxy: facts.proxy,
    featureGates: facts.featureGates ?? {},
    imagePullSecrets: facts.imagePullSecrets ?? [],
    priorityClassName: facts.priorityClassName,
    labels: facts.instanceLabels ?? {},
    annotations: facts.instanceAnnotations ?? {},
    certificateLifetimeDays: facts.certificateLifetime?.toDays() ?? DEFAULT_CERTIFICATE_DAYS,
    crds: facts.crds?._said(facts.version) ?? CRDS_BY_DEFAULT,
  };
}
