import {
  areOurBundles,
  authorityOf,
  caBundleOnly,
  hasCaBundle,
  injectCaBundle,
} from '../../../../cli/apply/pki/ca-bundle';
import { messageOf } from './sample-plan';

const metadata = { name: 'x', annotations: { 'cdk8s-karmada.io/inject-ca': 'karmada-ca' } };
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const caBundle = Buffer.from(PEM).toString('base64');

test('the annotation names the Secret of the authority', () => {
  expect(authorityOf({ metadata })).toBe('karmada-ca');
  expect(authorityOf({ metadata: { name: 'x' } })).toBeUndefined();
});

test.each([
  [
    { kind: 'CustomResourceDefinition', spec: { conversion: { webhook: { clientConfig: { url: 'u' } } } } },
    { conversion: { webhook: { clientConfig: { url: 'u', caBundle } } } },
  ],
  [
    { kind: 'APIService', spec: { group: 'g' } },
    { group: 'g', caBundle },
  ],
])('$kind', (manifest, spec) => {
  const before = JSON.stringify({ ...manifest, metadata });
  const given = { ...manifest, metadata };
  expect(injectCaBundle(given, PEM).spec).toEqual(spec);
  expect(JSON.stringify(given)).toBe(before);
});

test.each(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'])('every webhook of a %s', (kind) => {
  const webhooks = [
    { name: 'a', clientConfig: { url: 'https://a' } },
    { name: 'b', clientConfig: { url: 'https://b' } },
  ];
  expect(injectCaBundle({ kind, metadata, webhooks }, PEM).webhooks).toEqual([
    { name: 'a', clientConfig: { url: 'https://a', caBundle } },
    { name: 'b', clientConfig: { url: 'https://b', caBundle } },
  ]);
});

test('what tells members where Karmada is', () => {
  const given = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: 'cluster-info', namespace: 'kube-public' },
    data: { server: 'https://karmada.example.com:5443' },
  };
  const { data, ...rest } = injectCaBundle(given, PEM);
  expect(rest).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: given.metadata });
  expect(data).toEqual({
    server: 'https://karmada.example.com:5443',
    kubeconfig: `apiVersion: v1
kind: Config
clusters:
  - name: ''
    cluster:
      certificate-authority-data: ${caBundle}
      server: https://karmada.example.com:5443
`,
  });
});

test.each([
  { kind: 'CustomResourceDefinition', spec: { conversion: { strategy: 'None' } } },
  { kind: 'ConfigMap', data: {} },
])('an object with no place for a bundle is told: $kind', async (manifest) => {
  expect(await messageOf(() => injectCaBundle({ apiVersion: 'v1', ...manifest, metadata }, PEM))).toBe(
    [
      `${manifest.kind}/x asks for a CA bundle and has no place for one`,
      '  at annotation cdk8s-karmada.io/inject-ca',
      '  fix: use it on an APIService, a webhook configuration, or a CustomResourceDefinition with a conversion webhook',
    ].join('\n'),
  );
});

describe('beside whoever carries an object', () => {
  const clusterInfo = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-info', namespace: 'kube-public', uid: 'u' },
    data: { server: 'https://karmada.example.com' },
  };
  const live = [
    {
      kind: 'CustomResourceDefinition',
      metadata: { name: 'x', uid: 'u', resourceVersion: '7' },
      spec: { group: 'g', conversion: { strategy: 'Webhook', webhook: { clientConfig: { url: 'u' } } } },
    },
    { kind: 'APIService', metadata: { name: 'x', uid: 'u' }, spec: { group: 'g' } },
    {
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'x', uid: 'u' },
      webhooks: [{ name: 'a', clientConfig: { url: 'u' }, rules: [] }],
    },
    clusterInfo,
  ];

  test('only the bundle is written, of an object that is still there', () => {
    expect(live.map((each) => caBundleOnly(each, PEM)).map(({ apiVersion, kind, ...rest }) => rest)).toEqual([
      {
        metadata: { name: 'x', uid: 'u' },
        spec: { conversion: { strategy: 'Webhook', webhook: { clientConfig: { caBundle } } } },
      },
      { metadata: { name: 'x', uid: 'u' }, spec: { caBundle } },
      { metadata: { name: 'x', uid: 'u' }, webhooks: [{ name: 'a', clientConfig: { caBundle } }] },
      {
        metadata: { name: 'cluster-info', namespace: 'kube-public', uid: 'u' },
        data: { kubeconfig: injectCaBundle(clusterInfo, PEM).data.kubeconfig },
      },
    ]);
  });

  test('what has it needs nothing, what has another or none does', () => {
    expect(live.map((each) => hasCaBundle(each, PEM))).toEqual([false, false, false, false]);
    const filled = live.map((each) => injectCaBundle(each, PEM));
    expect(filled.map((each) => hasCaBundle(each, PEM))).toEqual([true, true, true, true]);
    expect(filled.map((each) => hasCaBundle(each, `${PEM}${PEM}`))).toEqual([false, false, false, false]);
    expect(hasCaBundle({ kind: 'CustomResourceDefinition', spec: {} }, PEM)).toBe(false);
  });

  test('only a bundle that one of our own verbs has filled in is taken over', () => {
    const conflict = (path: string, manager: string) => ({ path, manager });
    const webhook = 'webhooks[name="a"].clientConfig.caBundle';
    expect(areOurBundles([conflict(webhook, 'cdk8s-karmada-issue'), conflict('spec.caBundle', 'cdk8s-karmada')])).toBe(
      true,
    );
    expect(areOurBundles([conflict('data.kubeconfig', 'cdk8s-karmada')])).toBe(true);
    expect(areOurBundles([conflict(webhook, 'cdk8s-karmada-issue'), conflict(webhook, 'argocd-controller')])).toBe(
      false,
    );
    expect(areOurBundles([conflict('spec.replicas', 'cdk8s-karmada')])).toBe(false);
    expect(areOurBundles([])).toBe(false);
  });
});
