import { Chart, Testing } from 'cdk8s';
import { KarmadaVersion } from '../../src/core/karmada-version';
import { KarmadaAgent, type KarmadaAgentProps } from '../../src/instance/karmada-agent';
import { messageOf } from '../core/fake-instance';
import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

function rendered(props: Partial<KarmadaAgentProps> = {}): any[] {
  const chart = new Chart(Testing.app(), 'berlin');
  new KarmadaAgent(chart, 'agent', { clusterName: 'berlin', ...props });
  return Testing.synth(chart);
}
const agentOf = (props?: Partial<KarmadaAgentProps>) => find(rendered(props), 'Deployment', 'karmada-agent');

test('what the member gets, with nothing that is secret', () => {
  expect(rendered().map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    'Namespace/karmada-system',
    'ServiceAccount/karmada-agent',
    'ClusterRole/karmada-agent',
    'ClusterRoleBinding/karmada-agent',
    'Deployment/karmada-agent',
    'PodDisruptionBudget/karmada-agent',
  ]);
  expect(rendered({ replicas: 1 }).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
});

test('it is told who it is, and renews its certificate', () => {
  const { container } = podOf(
    agentOf({ region: 'eu-1', zones: ['a', 'b'], apiEndpoint: 'https://berlin.example:6443', namespace: 'agent' }),
  );
  expect([container.image, container.command]).toEqual([
    'docker.io/karmada/karmada-agent:v1.18.2',
    ['/bin/karmada-agent'],
  ]);
  expect(flagsOf(container)).toEqual({
    'karmada-kubeconfig': '/etc/karmada/karmada-kubeconfig/karmada-kubeconfig',
    'karmada-kubeconfig-namespace': 'agent',
    'cluster-name': 'berlin',
    'cluster-status-update-frequency': '10s',
    controllers: '*,certRotation',
    'health-probe-bind-address': ':10357',
    'leader-elect-resource-namespace': 'karmada-system',
    'metrics-bind-address': ':8080',
    v: '2',
    'cluster-api-endpoint': 'https://berlin.example:6443',
    'cluster-region': 'eu-1',
    'cluster-zones': 'a,b',
  });
});

test('it reaches Karmada through a proxy, and its own cluster without', () => {
  expect(podOf(agentOf()).container).not.toHaveProperty('env');
  expect(podOf(agentOf({ proxy: { url: 'http://proxy.example.com:3128' } })).container.env).toEqual([
    { name: 'HTTP_PROXY', value: 'http://proxy.example.com:3128' },
    { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
    { name: 'NO_PROXY', value: 'localhost,127.0.0.1,.svc,.svc.cluster.local,$(KUBERNETES_SERVICE_HOST)' },
  ]);
  expect(
    messageOf(() => rendered({ proxy: { url: 'proxy' } })),
  ).toBe(`url of proxy must be an http, https or socks5 URL of a host and a port alone, got "proxy"
  at berlin/agent
  fix: write it like http://proxy.example.com:3128`);
});

test('its pod is restricted, and the only one with a token: of the member', () => {
  const { spec, container } = podOf(agentOf());
  expect(spec).toMatchObject({
    automountServiceAccountToken: true,
    serviceAccountName: 'karmada-agent',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  expect(mountsOf(agentOf())).toEqual({
    '/etc/karmada/karmada-kubeconfig': 'Secret/karmada-kubeconfig, read-only',
    '/tmp': 'emptyDir',
  });
  expect(container.livenessProbe).toEqual(container.readinessProbe);
});

test('a mirror, and more flags', () => {
  const { spec, container } = podOf(
    agentOf({
      version: KarmadaVersion.V1_17,
      image: 'mirror.example/karmada-agent:v1.17.5',
      imagePullSecrets: ['mirror'],
      extraArgs: { 'report-secrets': 'None', 'feature-gates': 'MultiClusterService=true' },
    }),
  );
  expect([container.image, spec.imagePullSecrets]).toEqual([
    'mirror.example/karmada-agent:v1.17.5',
    [{ name: 'mirror' }],
  ]);
  expect(flagsOf(container)).toMatchObject({ 'report-secrets': 'None', 'feature-gates': 'MultiClusterService=true' });
});

test('fails with everything that is wrong, and where it would go to Karmada or the host', () => {
  const { instance } = anInstance();
  expect(
    messageOf(
      () =>
        new KarmadaAgent(instance, 'agent', {
          clusterName: 'Berlin',
          replicas: 0,
          region: '',
          extraArgs: { 'cluster-name': 'x', 'report-secret': 'None' },
        }),
    ),
  ).toBe(
    [
      '"Berlin" cannot be the name of a member cluster',
      '  at east/agent',
      '  fix: use at most 48 characters: lower case letters, digits and -, beginning and ending with a letter or a digit',
      '"" cannot be the region of a cluster',
      '  at east/agent',
      '  fix: use at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit',
      'KarmadaAgent stands in a chart for the host, and runs in the member "Berlin"',
      '  at east/agent',
      '  fix: give it a plain Chart of cdk8s, in an app of its own',
      'replicas of KarmadaAgent must be a whole number, 1 or more, got 0',
      '  at east/agent',
      '  fix: use 2, which survives the loss of a node, or leave it out',
      'extraArgs of KarmadaAgent has cluster-name, by which the components find and trust each other',
      '  at east/agent',
      '  fix: leave it out; where the object itself has to change, patch it (`addJsonPatch`)',
      'extraArgs of KarmadaAgent has report-secret, a flag that karmada-agent of Karmada v1.18.2 does not have: it would not start',
      '  at east/agent',
      '  fix: did you mean report-secrets?',
    ].join('\n'),
  );
});
