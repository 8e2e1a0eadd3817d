import { anInstance, find, flagsOf, mountsOf, podOf } from './an-instance';

const deployment = () => find(anInstance().host, 'Deployment', 'karmada-webhook');

test('its flags: no health server, on which nothing is ever registered', () => {
  const { container } = podOf(deployment());
  expect(container.command).toEqual(['/bin/karmada-webhook']);
  expect(flagsOf(container)).toEqual({
    kubeconfig: '/etc/karmada/config/karmada.config',
    'bind-address': '0.0.0.0',
    'cert-dir': '/etc/karmada/pki/server',
    'health-probe-bind-address': '0',
    'metrics-bind-address': ':8080',
    'secure-port': '8443',
    v: '2',
  });
});

test('its probes, ports and files', () => {
  const { container } = podOf(deployment());
  expect([container.startupProbe, container.livenessProbe, container.readinessProbe]).toEqual([
    {
      httpGet: { scheme: 'HTTPS', port: 'https', path: '/readyz' },
      periodSeconds: 1,
      timeoutSeconds: 5,
      failureThreshold: 150,
    },
    {
      httpGet: { scheme: 'HTTPS', port: 'https', path: '/readyz' },
      periodSeconds: 15,
      timeoutSeconds: 5,
      failureThreshold: 8,
    },
    {
      httpGet: { scheme: 'HTTPS', port: 'https', path: '/readyz' },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  ]);
  expect(container.ports).toEqual([
    { name: 'https', containerPort: 8443, protocol: 'TCP' },
    { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
  ]);
  expect(mountsOf(deployment())).toEqual({
    '/etc/karmada/config': 'ConfigMap/karmada-component-kubeconfig, read-only',
    '/etc/karmada/pki/client': 'Secret/karmada-webhook-client-cert, read-only',
    '/etc/karmada/pki/server': 'Secret/karmada-webhook-cert, read-only',
    '/tmp': 'emptyDir',
  });
});

test('its Service is on the port of the webhook configurations', () => {
  expect(find(anInstance().host, 'Service', 'karmada-webhook').spec.ports).toEqual([
    { name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' },
  ]);
});
