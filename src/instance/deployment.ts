import { k8s } from 'cdk8s-plus-28';
import { type ComponentName, type ControlPlane, type StatelessName, settingsOf } from './control-plane';
import { type Entrance, networkPolicy } from './network-policy';

import { labels, metadata, type Part, selector, WAVES } from './part';
import { proxyVariables } from './proxy-variables';

/** Numeric ids of the user and the group that pods run as: `nonroot` of distroless images. */
const NON_ROOT = 65532;

/** A flag's value; flags are passed as `--name=value`. */
export type Flags = { readonly [name: string]: string | number | boolean };

/** A folder that is mounted read-only and whole, so that rotated files arrive (a `subPath` would freeze them). */
export interface Mount {
  readonly name: string;
  readonly path: string;
  readonly secret?: string;
  readonly configMap?: string;
}

export interface Port {
  readonly name: string;
  readonly port: number;
}

/** What differs between the containers of a control plane. */
export interface Component {
  readonly name: ComponentName;
  /** What its objects are named, where there is one set of them for each member. */
  readonly objectName?: string;
  readonly binary: string;
  readonly flags: Flags;
  readonly ports: readonly Port[];
  readonly mounts: readonly Mount[];
  readonly probes: { readonly livenessProbe: any; readonly readinessProbe: any; readonly startupProbe?: any };
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly env?: readonly any[];
  /** Linux capabilities to keep; all others are dropped. */
  readonly capabilities?: readonly string[];
  /** Names of files that it writes for a while. */
  readonly scratch?: string;
  /** Who may connect to it, beside those who read metrics. */
  readonly entrances: readonly Entrance[];
  /** The port that metrics are read from. */
  readonly metricsPort?: number;
}

/** A component as a Deployment, with a budget for evictions when it has several pods. */
export function deployment(
  plane: ControlPlane,
  wave: number,
  component: Component & { readonly name: StatelessName },
): Part[] {
  const { replicas } = settingsOf(plane, component.name);
  const name = objectNameOf(component);
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(plane, name),
    spec: {
      replicas,
      // a new pod is ready before an old one goes; anti-affinity is preferred, so there is always a node for it
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: selector(plane, name) },
      template: podTemplate(plane, component, {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: onAnotherNode(plane, name) }],
      }),
    },
  };
  return [
    { id: 'Deployment', wave, manifest },
    ...disruptionBudget(plane, name, replicas),
    ...surroundings(plane, component),
  ];
}

/** What every component has around its pods: an account without any right, and who may connect. */
export function surroundings(plane: ControlPlane, component: Component): Part[] {
  const name = objectNameOf(component);
  return [serviceAccount(plane, name), ...networkPolicy(plane, name, component.entrances, component.metricsPort)];
}

/** An account of its own, with no right on the host and no token: audit logs and policies of the host tell components apart. */
export function serviceAccount(plane: ControlPlane, name: string): Part {
  const manifest = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(plane, name),
    automountServiceAccountToken: false,
  };
  return { id: 'ServiceAccount', wave: WAVES.foundation, manifest };
}

function objectNameOf({ name, objectName = name }: Component): string {
  return objectName;
}

/** The affinity term that keeps two pods of a component off one node. */
export function onAnotherNode(plane: ControlPlane, name: string): any {
  return { labelSelector: { matchLabels: selector(plane, name) }, topologyKey: 'kubernetes.io/hostname' };
}

/** The pod of a component: not root, nothing writable but what it names, no token of the host. */
export function podTemplate(plane: ControlPlane, component: Component, podAntiAffinity: any): any {
  const name = objectNameOf(component);
  const { image, options } = settingsOf(plane, component.name);
  const scratch = component.scratch ? [{ name: 'scratch', mountPath: component.scratch }] : [];
  return {
    metadata: { labels: labels(plane, name) },
    spec: {
      serviceAccountName: name,
      ...podSettings(plane),
      affinity: k8s.toJson_Affinity(options.affinity) ?? { podAntiAffinity },
      topologySpreadConstraints: spread(plane, name, options.topologySpreadConstraints),
      ...(options.nodeSelector && { nodeSelector: options.nodeSelector }),
      ...(options.tolerations && { tolerations: options.tolerations.map((one) => k8s.toJson_Toleration(one)) }),
      containers: [
        {
          name: component.name,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: [component.binary],
          args: argumentsOf({ ...component.flags, ...options.extraArgs }),
          ...environment(plane, component),
          ports: component.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
          ...component.probes,
          resources: resources(component.requests, options.resources),
          securityContext: containerSecurity(component.capabilities),
          volumeMounts: [
            ...component.mounts.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })),
            ...scratch,
          ],
        },
      ],
      volumes: [...component.mounts.map(volume), ...scratch.map(({ name }) => ({ name, emptyDir: {} }))],
    },
  };
}

/** Those that connect to what is outside the host: members, webhooks, who vouches for people. */
const OUTBOUND: readonly ComponentName[] = [
  'karmada-apiserver',
  'karmada-aggregated-apiserver',
  'karmada-controller-manager',
  'karmada-search',
  'karmada-metrics-adapter',
  'karmada-scheduler-estimator',
];

function environment({ proxy, clusterDomain }: ControlPlane, { name, env = [] }: Component): any {
  const inside = ['.svc', `.svc.${clusterDomain}`];
  const all = [...env, ...(OUTBOUND.includes(name) ? proxyVariables(proxy, inside) : [])];
  return all.length > 0 ? { env: all } : {};
}

/** What every pod of a control plane has. */
export function podSettings({ imagePullSecrets, priorityClassName }: ControlPlane): any {
  return { ...restrictedPod(imagePullSecrets), ...(priorityClassName !== undefined && { priorityClassName }) };
}

/** A pod as the level `restricted` of Pod Security asks for it, without a token. */
export function restrictedPod(imagePullSecrets: readonly string[]): any {
  return {
    automountServiceAccountToken: false,
    // one variable per Service would reach etcd, which reads its flags from variables that begin with ETCD_
    enableServiceLinks: false,
    ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NON_ROOT,
      runAsGroup: NON_ROOT,
      fsGroup: NON_ROOT,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** What every container of a control plane may not do. */
export function containerSecurity(capabilities?: readonly string[]): any {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'], ...(capabilities && { add: capabilities }) },
  };
}

/** Flags as a container has them. */
export function argumentsOf(flags: Flags): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

function resources(requests: Component['requests'], given?: k8s.ResourceRequirements): any {
  const { requests: asked, ...others } = k8s.toJson_ResourceRequirements(given) ?? {};
  return { requests: { ...requests, ...asked }, ...others };
}

function spread(plane: ControlPlane, name: string, given?: readonly k8s.TopologySpreadConstraint[]): any[] {
  const labelSelector = { matchLabels: selector(plane, name) };
  if (given) return given.map((one) => ({ labelSelector, ...k8s.toJson_TopologySpreadConstraint(one) }));
  return [
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
  ];
}

/** A folder as a volume of a pod. */
export function volume({ name, secret, configMap }: Mount): any {
  if (configMap) return { name, configMap: { name: configMap, defaultMode: 0o444 } };
  // kubelet adds the group's right to read, which is what the process reads its key by
  return { name, secret: { secretName: secret, defaultMode: 0o400 } };
}

/** Options of `service`. */
export interface ServiceOptions {
  /** Construct id. */
  readonly id?: string;
  /** The name, when it is not that of the component. */
  readonly name?: string;
  /** What differs in its `spec`. */
  readonly spec?: any;
}

/** A Service in front of a component's pods; each port goes to the container port of the same name. */
export function service(
  plane: ControlPlane,
  component: string,
  ports: readonly Port[],
  { id = 'Service', name = component, spec }: ServiceOptions = {},
): Part {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(plane, name, component),
    spec: {
      type: 'ClusterIP',
      ...spec,
      selector: selector(plane, component),
      ports: ports.map((port) => ({ ...port, protocol: 'TCP', targetPort: port.name })),
    },
  };
  return { id, wave: WAVES.foundation, manifest };
}

/** One pod at a time may be evicted: node drains go on, and the other pods keep working. A single pod needs none. */
export function disruptionBudget(plane: ControlPlane, name: string, replicas: number): Part[] {
  if (replicas < 2) return [];
  const manifest = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(plane, name),
    spec: { maxUnavailable: 1, selector: { matchLabels: selector(plane, name) } },
  };
  return [{ id: 'DisruptionBudget', wave: WAVES.foundation, manifest }];
}

/** A probe by HTTP; durations are in seconds. */
export function httpProbe(scheme: 'HTTP' | 'HTTPS', port: string, path: string, seconds: any): any {
  return { httpGet: { scheme, port, path }, ...seconds };
}

/**
 * Looks every second until the container answers as `probe` asks, for at most so many seconds. What has started is ready at
 * once, and what starts slowly is not taken for hung: a delay would have to guess between the two.
 */
export function startupProbe({ httpGet, timeoutSeconds }: any, seconds: number): any {
  return { httpGet, periodSeconds: 1, timeoutSeconds, failureThreshold: seconds };
}

const HEALTHZ = httpProbe('HTTP', 'health', '/healthz', {
  periodSeconds: 15,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

/** Of what tells how it is at a port of its own, `health`. */
export const HEALTH_PROBES: Component['probes'] = {
  startupProbe: startupProbe(HEALTHZ, 60),
  livenessProbe: HEALTHZ,
  readinessProbe: HEALTHZ,
};
