import { anInstance, find, oneMember } from './an-instance';

const SELECTOR = { 'app.kubernetes.io/name': 'karmada-scheduler', 'app.kubernetes.io/instance': 'east' };
const LABELS = {
  app: 'karmada-scheduler',
  ...SELECTOR,
  'app.kubernetes.io/part-of': 'karmada',
  'app.kubernetes.io/version': 'v1.18.2',
  'app.kubernetes.io/managed-by': 'cdk8s-karmada',
};
const PROBE = {
  httpGet: { scheme: 'HTTP', port: 'health', path: '/healthz' },
  periodSeconds: 15,
  timeoutSeconds: 5,
  failureThreshold: 3,
};

test('the whole Deployment: an ordinary user, a read-only file system, no token of the host', () => {
  expect(find(anInstance({ etcd: oneMember }).host, 'Deployment', 'karmada-scheduler')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      annotations: { 'cdk8s-karmada.io/path': 'east/Scheduler/Deployment', 'cdk8s-karmada.io/wave': '6' },
      labels: LABELS,
      name: 'karmada-scheduler',
      namespace: 'karmada-system',
    },
    spec: {
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: SELECTOR },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: 'karmada-scheduler',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    labelSelector: { matchLabels: SELECTOR },
                    topologyKey: 'kubernetes.io/hostname',
                  },
                },
              ],
            },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: SELECTOR },
            },
          ],
          containers: [
            {
              name: 'karmada-scheduler',
              image: 'docker.io/karmada/karmada-scheduler:v1.18.2',
              imagePullPolicy: 'IfNotPresent',
              command: ['/bin/karmada-scheduler'],
              args: [
                '--kubeconfig=/etc/karmada/config/karmada.config',
                '--health-probe-bind-address=:10351',
                '--leader-elect-resource-namespace=karmada-system',
                '--metrics-bind-address=:8080',
                '--v=2',
              ],
              ports: [
                { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
                { name: 'health', containerPort: 10351, protocol: 'TCP' },
              ],
              startupProbe: { ...PROBE, periodSeconds: 1, failureThreshold: 60 },
              livenessProbe: PROBE,
              readinessProbe: PROBE,
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [
                { name: 'kubeconfig', mountPath: '/etc/karmada/config', readOnly: true },
                { name: 'client-cert', mountPath: '/etc/karmada/pki/client', readOnly: true },
                { name: 'scratch', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            { name: 'kubeconfig', configMap: { name: 'karmada-component-kubeconfig', defaultMode: 0o444 } },
            { name: 'client-cert', secret: { secretName: 'karmada-scheduler-client-cert', defaultMode: 0o400 } },
            { name: 'scratch', emptyDir: {} },
          ],
        },
      },
    },
  });
});

test('with several pods one may be evicted at a time', () => {
  expect(find(anInstance().host, 'PodDisruptionBudget', 'karmada-scheduler')).toEqual({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {
      annotations: { 'cdk8s-karmada.io/path': 'east/Scheduler/DisruptionBudget', 'cdk8s-karmada.io/wave': '0' },
      labels: LABELS,
      name: 'karmada-scheduler',
      namespace: 'karmada-system',
    },
    spec: { maxUnavailable: 1, selector: { matchLabels: SELECTOR } },
  });
});
