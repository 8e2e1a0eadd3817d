import { ApiServerExposure } from '../../src/instance/api-server-exposure';
import { messageOf } from '../core/fake-instance';
import { anInstance, find } from './an-instance';

const SELECTOR = { 'app.kubernetes.io/name': 'karmada-apiserver', 'app.kubernetes.io/instance': 'east' };
const external = (exposure: ApiServerExposure) =>
  anInstance({ exposure }).host.filter(({ metadata }) => metadata.name === 'karmada-apiserver-external');
const certificate = (exposure?: ApiServerExposure) =>
  JSON.parse(find(anInstance({ exposure }).host, 'ConfigMap', 'east-pki-plan').data['plan.json']).certificates[0];

test('by default nothing leads in from outside', () => {
  expect(external(ApiServerExposure.clusterIp())).toEqual([]);
  expect(anInstance().host).toEqual(anInstance({ exposure: ApiServerExposure.clusterIp() }).host);
});

test('a port of every node, the host chooses which', () => {
  const port = { name: 'https', port: 5443, protocol: 'TCP', targetPort: 'https' };
  expect(external(ApiServerExposure.nodePort())[0].spec).toEqual({
    type: 'NodePort',
    selector: SELECTOR,
    ports: [port],
  });
  expect(external(ApiServerExposure.nodePort({ nodePort: 32443 }))[0].spec.ports).toEqual([
    { ...port, nodePort: 32443 },
  ]);
});

test('a load balancer', () => {
  const [{ metadata, spec }] = external(
    ApiServerExposure.loadBalancer({
      port: 443,
      loadBalancerClass: 'example.com/lb',
      loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
      annotations: { 'example.com/idle-timeout': '600' },
    }),
  );
  expect(metadata.annotations).toMatchObject({ 'example.com/idle-timeout': '600', 'cdk8s-karmada.io/wave': '0' });
  expect(spec).toEqual({
    type: 'LoadBalancer',
    loadBalancerClass: 'example.com/lb',
    loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
    selector: SELECTOR,
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }],
  });
});

test('the Service of the components stays the same, whatever the way in', () => {
  const inside = (exposure?: ApiServerExposure) => find(anInstance({ exposure }).host, 'Service', 'karmada-apiserver');
  expect(inside(ApiServerExposure.loadBalancer())).toEqual(inside());
});

test('more names and addresses are in the certificate', () => {
  const exposure = ApiServerExposure.nodePort({
    subjectAlternativeNames: ['karmada.example.com', '*.karmada.example', '203.0.113.7', '2001:db8::7', 'localhost'],
  });
  const { dnsNames, ipAddresses } = certificate(exposure);
  expect(dnsNames).toEqual([...certificate().dnsNames, 'karmada.example.com', '*.karmada.example']);
  expect(ipAddresses).toEqual([...certificate().ipAddresses, '203.0.113.7', '2001:db8::7']);
});

test('fails with everything that is wrong', () => {
  expect(
    messageOf(() =>
      ApiServerExposure.loadBalancer({
        subjectAlternativeNames: ['https://karmada.example.com', '300.1.1.1/8'],
        port: 0,
        loadBalancerSourceRanges: ['10.0.0.0', '10.0.0.0/33'],
      }),
    ),
  ).toBe(
    [
      ...['https://karmada.example.com', '300.1.1.1/8'].flatMap((name) => [
        `subjectAlternativeNames has "${name}", which is neither a DNS name nor an IP address`,
        '  at ApiServerExposure.loadBalancer',
        '  fix: write it like karmada.example.com or 203.0.113.7, without a scheme and a port',
      ]),
      'port must be a whole number, 1 to 65535, got 0',
      '  at ApiServerExposure.loadBalancer',
      '  fix: leave it out to use 5443',
      ...['10.0.0.0', '10.0.0.0/33'].flatMap((range) => [
        `loadBalancerSourceRanges has "${range}", which is no CIDR`,
        '  at ApiServerExposure.loadBalancer',
        '  fix: write it like 203.0.113.0/24',
      ]),
    ].join('\n'),
  );
  expect(messageOf(() => ApiServerExposure.nodePort({ nodePort: 1.5 }))).toBe(
    [
      'nodePort must be a whole number, 1 to 65535, got 1.5',
      '  at ApiServerExposure.nodePort',
      '  fix: leave it out: the host chooses one that is free',
    ].join('\n'),
  );
});
