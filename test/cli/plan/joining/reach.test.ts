import { reachOf, reachTroubles, reachWarnings } from '../../../../cli/plan/joining/reach';

const cluster = { server: 'https://10.0.0.1:6443/', 'proxy-url': 'http://proxy:3128' };

test('Karmada takes the way of the kubeconfig, unless a person says another', () => {
  expect(reachOf({ cluster, authority: 'PEM' })).toEqual({
    endpoint: 'https://10.0.0.1:6443',
    authority: 'PEM',
    insecure: false,
    proxyUrl: 'http://proxy:3128',
  });
  expect(reachOf({ cluster, endpoint: 'https://paris.example:6443', proxyUrl: 'socks5://other:1080' })).toEqual({
    endpoint: 'https://paris.example:6443',
    authority: '',
    insecure: false,
    proxyUrl: 'socks5://other:1080',
  });
});

test('a way that Karmada cannot take is refused, with all that is wrong with it', () => {
  const named = { server: 'https://10.0.0.1', 'tls-server-name': 'paris.example' };
  expect(reachTroubles({ cluster: named, proxyUrl: 'ftp://proxy' })).toEqual([
    {
      what: 'the proxy is no URL of a proxy',
      at: '--proxy-url',
      fix: 'write http://host:port, https or socks5',
    },
    {
      what: 'the kubeconfig verifies the member as "paris.example", and Karmada verifies it by the name in its URL',
      at: 'https://10.0.0.1',
      fix: 'give a URL whose host is in the certificate of the member with --member-endpoint',
    },
  ]);
  expect(reachTroubles({ cluster: named, endpoint: 'paris.example:6443' })).toEqual([
    { what: 'the endpoint is no URL', at: '--member-endpoint', fix: 'write https://host:port' },
  ]);
  expect(reachTroubles({ cluster: named, endpoint: 'https://paris.example:6443' })).toEqual([]);
});

test('a way that is not what it seems is warned of, without a password', () => {
  const reach = {
    endpoint: 'https://localhost:6443',
    authority: '',
    insecure: true,
    proxyUrl: 'http://me:hunter2@proxy:1',
  };
  const warnings = reachWarnings(reach);
  expect(warnings).toEqual([
    'https://localhost:6443 is this machine to whoever asks: unless Karmada runs here, give what it can reach with --member-endpoint',
    'the kubeconfig does not verify the member, and so Karmada will not: whoever is between them can act as it',
    'the URL of the proxy holds a password, which everybody who may read Clusters on Karmada can read',
  ]);
  expect(reachWarnings({ endpoint: 'https://10.0.0.1', authority: 'PEM', insecure: false })).toEqual([]);
});
