import { exposedAddress, forwardedAddress, givenAddress } from '../../../../cli/plan/instance/karmada-address';

const names = {
  namespace: 'karmada-system',
  dnsNames: ['karmada-apiserver.karmada-system.svc', 'localhost', '*.example.com'],
  ipAddresses: ['127.0.0.1', '203.0.113.7'],
};
const service = (type: string, port: any, status = {}) => ({ spec: { type, ports: [port] }, status });
const node = (ready: boolean, ...addresses: [string, string][]) => ({
  status: {
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    addresses: addresses.map(([type, address]) => ({ type, address })),
  },
});

test('without an exposure there is no address from outside', () => {
  expect(exposedAddress(names)).toBeUndefined();
  expect(forwardedAddress(15443, 'port-forward')).toEqual({
    server: 'https://localhost:15443',
    through: 'port-forward',
  });
});

test('a load balancer by its name or its address; a name that the certificate lacks is asked for by another one', () => {
  const balanced = (ingress: any[]) =>
    exposedAddress({ ...names, external: service('LoadBalancer', { port: 443 }, { loadBalancer: { ingress } }) });
  expect(balanced([{ hostname: 'karmada.example.com' }])).toEqual({
    server: 'https://karmada.example.com:443',
    through: 'its load balancer',
  });
  expect(balanced([{ ip: '2001:db8::1' }])).toEqual({
    server: 'https://[2001:db8::1]:443',
    through: 'its load balancer',
    tlsServerName: 'karmada-apiserver.karmada-system.svc',
  });
  expect(() => balanced([])).toThrow('there is no address for the kubeconfig: its load balancer has no address yet');
});

test('a port of a node that is ready, by its outside address first', () => {
  const external = service('NodePort', { port: 5443, nodePort: 31443 });
  const nodes = [
    node(false, ['ExternalIP', '203.0.113.1']),
    node(true, ['InternalIP', '10.0.0.1']),
    node(true, ['InternalIP', '10.0.0.2'], ['ExternalIP', '203.0.113.7']),
  ];
  expect(exposedAddress({ ...names, external, nodes })).toEqual({
    server: 'https://203.0.113.7:31443',
    through: 'a port of every node',
  });
  expect(exposedAddress({ ...names, external, nodes: nodes.slice(0, 2) })?.server).toBe('https://10.0.0.1:31443');
  expect(() => exposedAddress({ ...names, external })).toThrow('these credentials may not list nodes');
  expect(() => exposedAddress({ ...names, external, nodes: [] })).toThrow('no node of the host is ready');
});

test('an address that is given is taken as it is, or refused', () => {
  expect(givenAddress('https://203.0.113.7:6443/', names).server).toBe('https://203.0.113.7:6443');
  expect(givenAddress('https://karmada.corp', names).tlsServerName).toBe('karmada-apiserver.karmada-system.svc');
  for (const server of ['karmada.corp', 'http://karmada.corp', 'https://karmada.corp/path', 'https://a@karmada.corp'])
    expect(() => givenAddress(server, names)).toThrow(`"${server}" is no address of an API server`);
});
