import type { KarmadaVersion } from '../../core/karmada-version';
import { argumentsOf, containerSecurity, httpProbe, restrictedPod } from '../deployment';
import type { OutboundProxyOptions } from '../outbound-proxy';
import type { Part } from '../part';
import { proxyVariables } from '../proxy-variables';

const NAME = 'karmada-agent';
const KUBECONFIG = 'karmada-kubeconfig';
const FOLDER = '/etc/karmada/karmada-kubeconfig';

/** What an agent has to know. */
export interface Agent {
  readonly clusterName: string;
  readonly namespace: string;
  readonly image: string;
  readonly release: KarmadaVersion;
  readonly replicas: number;
  /** Flags that only some agents have. */
  readonly flags: { readonly [flag: string]: string };
  readonly imagePullSecrets: readonly string[];
  readonly proxy?: OutboundProxyOptions;
}

/**
 * What a member in pull mode runs: it fetches from Karmada what the member should have, so Karmada need not reach the member.
 * Its kubeconfig, which `member join` makes, holds its key: it renews that by itself, in the Secret.
 */
export function karmadaAgent(agent: Agent): Part[] {
  const { namespace } = agent;
  const labels = {
    app: NAME,
    'app.kubernetes.io/name': NAME,
    'app.kubernetes.io/part-of': 'karmada',
    'app.kubernetes.io/version': agent.release.version,
    'app.kubernetes.io/managed-by': 'cdk8s-karmada',
  };
  const selector = { 'app.kubernetes.io/name': NAME };
  const named = { name: NAME, namespace, labels };
  const rbac = 'rbac.authorization.k8s.io';
  const manifests: { readonly [id: string]: any } = {
    Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ServiceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named, automountServiceAccountToken: false },
    // it writes whatever policies send to the member, which can be any kind there is
    ClusterRole: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: NAME, labels },
      rules: [
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
        { nonResourceURLs: ['*'], verbs: ['get'] },
      ],
    },
    ClusterRoleBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME, labels },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: NAME },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace }],
    },
    Deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: named,
      spec: {
        replicas: agent.replicas,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: selector },
        template: { metadata: { labels }, spec: pod(agent, selector) },
      },
    },
    ...(agent.replicas > 1 && {
      DisruptionBudget: {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: named,
        spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
      },
    }),
  };
  return Object.entries(manifests).map(([id, manifest]) => ({ id, wave: 0, manifest }));
}

/** What an agent reaches without a proxy: the API server of its member goes by its address in every pod. */
const INSIDE = ['.svc', '.svc.cluster.local', '$(KUBERNETES_SERVICE_HOST)'];

function pod(agent: Agent, selector: { readonly [label: string]: string }): any {
  const env = proxyVariables(agent.proxy, INSIDE);
  const probe = httpProbe('HTTP', 'health', '/healthz', {
    initialDelaySeconds: 15,
    periodSeconds: 15,
    timeoutSeconds: 5,
    failureThreshold: 3,
  });
  const topology = (topologyKey: string) => ({ topologyKey, labelSelector: { matchLabels: selector } });
  return {
    serviceAccountName: NAME,
    ...restrictedPod(agent.imagePullSecrets),
    // the one component that talks to the cluster that it runs in
    automountServiceAccountToken: true,
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: topology('kubernetes.io/hostname') },
        ],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', ...topology('topology.kubernetes.io/zone') },
    ],
    containers: [
      {
        name: NAME,
        image: agent.image,
        imagePullPolicy: 'IfNotPresent',
        command: [`/bin/${NAME}`],
        args: argumentsOf({
          'karmada-kubeconfig': `${FOLDER}/${KUBECONFIG}`,
          'karmada-kubeconfig-namespace': agent.namespace,
          'cluster-name': agent.clusterName,
          'cluster-status-update-frequency': '10s',
          // its certificate is good for a year, and nothing else renews it
          controllers: '*,certRotation',
          'health-probe-bind-address': ':10357',
          'leader-elect-resource-namespace': 'karmada-system',
          'metrics-bind-address': ':8080',
          v: '2',
          ...agent.flags,
        }),
        ...(env.length > 0 && { env }),
        ports: [
          { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
          { name: 'health', containerPort: 10357, protocol: 'TCP' },
        ],
        livenessProbe: probe,
        readinessProbe: probe,
        resources: { requests: { cpu: '100m', memory: '256Mi' } },
        securityContext: containerSecurity(),
        volumeMounts: [
          { name: 'karmada-kubeconfig', mountPath: FOLDER, readOnly: true },
          { name: 'scratch', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'karmada-kubeconfig', secret: { secretName: KUBECONFIG, defaultMode: 0o400 } },
      { name: 'scratch', emptyDir: {} },
    ],
  };
}
