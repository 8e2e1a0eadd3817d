import * as kplus from 'cdk8s-plus-28';
import type { MulticloudPodProps } from '../multicloud-pod-props';
import { type ClaimMount, nameOf, renderedContainer, renderedVolume } from './container';
import { seconds } from './seconds';

/** Taints that Kubernetes puts on a node that it cannot use. */
const UNAVAILABLE = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** What a workload says of its pods besides the props that all of them share. */
export interface PodTemplateOptions {
  /** Labels that the pods must have. */
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  readonly restartPolicy?: kplus.RestartPolicy;
  /** Mounts of claims that the workload makes for each pod, by the container's name. */
  readonly claims?: { readonly [container: string]: readonly ClaimMount[] };
}

/** The pods as they were described, and nothing else. */
export function podTemplate(props: MulticloudPodProps, options: PodTemplateOptions = {}): any {
  const labels = { ...props.podLabels, ...options.labels };
  const annotations = { ...props.podAnnotations, ...options.annotations };
  const metadata = {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  return { ...(Object.keys(metadata).length > 0 && { metadata }), spec: podSpec(props, options) };
}

/** Every volume of the pods, each once: those that containers mount, and the others. */
export function volumesOf(props: MulticloudPodProps): kplus.Volume[] {
  const containers = [...props.containers, ...(props.initContainers ?? [])];
  const mounted = containers.flatMap(({ volumeMounts }) => (volumeMounts ?? []).map(({ volume }) => volume));
  return [...new Set([...mounted, ...(props.volumes ?? [])])];
}

function podSpec(props: MulticloudPodProps, { restartPolicy, claims = {} }: PodTemplateOptions): any {
  const { containers, initContainers = [], extendedResources = [], imagePullSecrets } = props;
  const first = containers.length > 0 ? nameOf(containers[0]) : undefined;
  const rendered = (container: kplus.ContainerProps) => {
    const name = nameOf(container);
    const extended = extendedResources.filter((resource) => (resource.container ?? first) === name);
    return renderedContainer(container, extended, claims[name] ?? []);
  };
  const volumes = volumesOf(props);
  return given({
    initContainers: initContainers.map(rendered),
    containers: containers.map(rendered),
    volumes: volumes.map(renderedVolume),
    restartPolicy,
    ...dns(props.dns),
    hostAliases: props.hostAliases?.map(({ ip, hostnames }) => ({ ip, hostnames })),
    hostNetwork: props.hostNetwork,
    terminationGracePeriodSeconds: seconds(props.terminationGracePeriod),
    ...scheduling(props),
    serviceAccountName: props.serviceAccountName,
    automountServiceAccountToken: props.automountServiceAccountToken,
    imagePullSecrets: imagePullSecrets?.map((name) => ({ name })),
    securityContext: securityContext(props.podSecurityContext),
    priorityClassName: props.priorityClassName,
  });
}

function dns(props: kplus.PodDnsProps = {}): any {
  const { hostname, subdomain, hostnameAsFQDN, policy, nameservers, searches, options } = props;
  const config = given({
    nameservers,
    searches,
    options: options?.map(({ name, value }) => given({ name, value })),
  });
  return {
    hostname,
    subdomain,
    setHostnameAsFQDN: hostnameAsFQDN,
    dnsPolicy: policy,
    dnsConfig: Object.keys(config).length > 0 ? config : undefined,
  };
}

function scheduling(props: MulticloudPodProps): any {
  const tolerationSeconds = seconds(props.nodeUnavailableToleration);
  const unavailable = tolerationSeconds === undefined ? [] : UNAVAILABLE;
  return {
    affinity: kplus.k8s.toJson_Affinity(props.affinity),
    nodeSelector: props.nodeSelector,
    tolerations: [
      ...(props.tolerations ?? []).map((toleration) => kplus.k8s.toJson_Toleration(toleration)),
      ...unavailable.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds })),
    ],
    topologySpreadConstraints: props.topologySpreadConstraints?.map((constraint) =>
      kplus.k8s.toJson_TopologySpreadConstraint(constraint),
    ),
  };
}

function securityContext(props: kplus.PodSecurityContextProps = {}): any {
  const context = given({
    runAsUser: props.user,
    runAsGroup: props.group,
    runAsNonRoot: props.ensureNonRoot,
    fsGroup: props.fsGroup,
    fsGroupChangePolicy: props.fsGroupChangePolicy,
    sysctls: props.sysctls?.map(({ name, value }) => ({ name, value })),
  });
  return Object.keys(context).length > 0 ? context : undefined;
}

/** The fields that say something. */
function given(fields: { readonly [field: string]: unknown }): any {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}
