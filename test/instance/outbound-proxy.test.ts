import { anInstance, find, podOf } from './an-instance';

const url = 'http://proxy.example.com:3128';
const components = {
  karmadaDescheduler: {},
  karmadaSearch: {},
  karmadaMetricsAdapter: {},
  karmadaSchedulerEstimator: { clusters: ['berlin'] },
};
const variables = (host: any[]) =>
  Object.fromEntries(
    host
      .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
      .map((workload) => [workload.metadata.name, podOf(workload).container.env]),
  );

test('those who reach members, or the people behind an identity provider, go through it; nothing inside the host does', () => {
  const env = variables(
    anInstance({
      components,
      clusterDomain: 'corp.internal',
      proxy: { url: `${url}/`, noProxy: ['10.0.0.0/8', '.example.com'] },
    }).host,
  );
  const through = [
    { name: 'HTTP_PROXY', value: url },
    { name: 'HTTPS_PROXY', value: url },
    { name: 'NO_PROXY', value: 'localhost,127.0.0.1,.svc,.svc.corp.internal,10.0.0.0/8,.example.com' },
  ];
  const outbound = Object.keys(env).filter((name) => JSON.stringify(env[name] ?? []).includes('PROXY'));
  expect(outbound).toEqual([
    'karmada-apiserver',
    'karmada-aggregated-apiserver',
    'karmada-controller-manager',
    'karmada-search',
    'karmada-metrics-adapter',
    'karmada-scheduler-estimator-berlin',
  ]);
  for (const name of outbound) expect(env[name]).toEqual(through);
});

test('every name by which the components know each other is reached without it', () => {
  const { host } = anInstance({ components, proxy: { url } });
  const rules = podOf(find(host, 'Deployment', 'karmada-apiserver')).container.env[2].value.split(',');
  const names =
    JSON.stringify(host.filter(({ kind }) => kind !== 'NetworkPolicy')).match(/[a-z0-9.-]+\.svc(\.[a-z.]+[a-z])?/g) ??
    [];
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !rules.some((rule: string) => rule.startsWith('.') && name.endsWith(rule)))).toEqual(
    [],
  );
});

test('without one there is no variable', () => {
  expect(JSON.stringify(anInstance({ components }).host)).not.toContain('_PROXY');
});

describe('it is refused', () => {
  const message = (proxy: { url: string; noProxy?: string[] }) => {
    try {
      anInstance({ proxy });
    } catch (error: any) {
      return error.message;
    }
    throw new Error('it was taken');
  };

  test.each(['proxy.example.com:3128', '', 'ftp://proxy', 'http://proxy/path', 'http://proxy?x'])('as "%s"', (text) => {
    expect(
      message({ url: text }),
    ).toBe(`url of proxy must be an http, https or socks5 URL of a host and a port alone, got "${text}"
  at east
  fix: write it like http://proxy.example.com:3128`);
  });

  test('with a password, which is not said', () => {
    expect(
      message({ url: 'http://me:hunter2@proxy:3128' }),
    ).toBe(`url of proxy must have no user and no password: the output is for everybody to read
  at east
  fix: let the proxy know the pods by their addresses`);
  });

  test('with what is no place, all at once', () => {
    expect(
      message({ url: 'proxy', noProxy: ['a,b', '10.0.0.0/8', '*.example.com', 'https://x', '::1', ''] }).match(
        /^\S.*/gm,
      ),
    ).toEqual([
      'url of proxy must be an http, https or socks5 URL of a host and a port alone, got "proxy"',
      'noProxy has "a,b", which is no name, address or range',
      'noProxy has "https://x", which is no name, address or range',
      'noProxy has "", which is no name, address or range',
    ]);
  });
});
