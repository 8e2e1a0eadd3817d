import type { ComponentName, ControlPlane, StatelessName } from './control-plane';
import { labels, metadata, type Part, selector, WAVES } from './part';

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
}

/** A component as a Deployment, with a budget for evictions when it has several pods. */
export function deployment(
  plane: ControlPlane,
  wave: number,
  component: Component & { readonly name: StatelessName },
): Part[] {
  const replicas = plane.replicas[component.name];
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(plane, component.name),
    spec: {
      replicas,
      // a new pod is ready before an old one goes; anti-affinity is preferred, so there is always a node for it
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: selector(plane, component.name) },
      template: podTemplate(plane, component, {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: onAnotherNode(plane, component.name) },
        ],
      }),
    },
  };
  return [{ id: 'Deployment', wave, manifest }, ...disruptionBudget(plane, component.name, replicas)];
}

/** The affinity term that keeps two pods of a component off one node. */
export function onAnotherNode(plane: ControlPlane, name: ComponentName): any {
  return { labelSelector: { matchLabels: selector(plane, name) }, topologyKey: 'kubernetes.io/hostname' };
}

/** The pod of a component: not root, nothing writable but what it names, no token of the host. */
export function podTemplate(plane: ControlPlane, component: Component, podAntiAffinity: any): any {
  const scratch = component.scratch ? [{ name: 'scratch', mountPath: component.scratch }] : [];
  return {
    metadata: { labels: labels(plane, component.name) },
    spec: {
      automountServiceAccountToken: false,
      // one variable per Service would reach etcd, which reads its flags from variables that begin with ETCD_
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NON_ROOT,
        runAsGroup: NON_ROOT,
        fsGroup: NON_ROOT,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      affinity: { podAntiAffinity },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selector(plane, component.name) },
        },
      ],
      containers: [
        {
          name: component.name,
          image: plane.images[component.name],
          imagePullPolicy: 'IfNotPresent',
          command: [component.binary],
          args: Object.entries(component.flags).map(([name, value]) => `--${name}=${value}`),
          ...(component.env && { env: component.env }),
          ports: component.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
          ...component.probes,
          resources: { requests: component.requests },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'], ...(component.capabilities && { add: component.capabilities }) },
          },
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

function volume({ name, secret, configMap }: Mount): any {
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
  component: ComponentName,
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
export function disruptionBudget(plane: ControlPlane, name: ComponentName, replicas: number): Part[] {
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
