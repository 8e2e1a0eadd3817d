import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

const deployment = () => find(anInstance().host, 'Deployment', 'karmada-controller-manager');

test('its flags: no test settings of upstream, and its lease on Karmada', () => {
  const { container } = podOf(deployment());
  expect(container.command).toEqual(['/bin/karmada-controller-manager']);
  expect(flagsOf(container)).toEqual({
    kubeconfig: '/etc/karmada/config/karmada.config',
    'cluster-status-update-frequency': '10s',
    'health-probe-bind-address': ':10357',
    'leader-elect-resource-namespace': 'karmada-system',
    'metrics-bind-address': ':8080',
    v: '2',
  });
});

test('its lease stays in karmada-system, whatever the namespace on the host is', () => {
  const other = find(anInstance({ namespace: 'fleet' }).host, 'Deployment', 'karmada-controller-manager');
  expect(flagsOf(podOf(other).container)['leader-elect-resource-namespace']).toBe('karmada-system');
});

test('its probes, ports and files', () => {
  const { container } = podOf(deployment());
  const probe = {
    httpGet: { scheme: 'HTTP', port: 'health', path: '/healthz' },
    periodSeconds: 15,
    timeoutSeconds: 5,
    failureThreshold: 3,
  };
  expect([container.livenessProbe, container.readinessProbe]).toEqual([probe, probe]);
  expect(container.ports).toEqual([
    { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
    { name: 'health', containerPort: 10357, protocol: 'TCP' },
  ]);
  expect(mountsOf(deployment())).toEqual({
    '/etc/karmada/config': 'ConfigMap/karmada-component-kubeconfig, read-only',
    '/etc/karmada/pki/client': 'Secret/karmada-controller-manager-client-cert, read-only',
    '/tmp': 'emptyDir',
  });
});
