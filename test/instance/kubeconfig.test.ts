import { anInstance, find } from './an-instance';

test('names files and holds no key, and is the same for every component', () => {
  const { data } = find(anInstance({ namespace: 'fleet' }).host, 'ConfigMap', 'karmada-component-kubeconfig');
  expect(data).toEqual({
    'karmada.config': `apiVersion: v1
kind: Config
clusters:
  - name: karmada-apiserver
    cluster:
      server: https://karmada-apiserver.fleet.svc.cluster.local:5443
      certificate-authority: /etc/karmada/pki/client/ca.crt
users:
  - name: karmada-apiserver
    user:
      client-certificate: /etc/karmada/pki/client/tls.crt
      client-key: /etc/karmada/pki/client/tls.key
contexts:
  - name: karmada-apiserver
    context:
      cluster: karmada-apiserver
      user: karmada-apiserver
current-context: karmada-apiserver
`,
  });
});
