import { writeManifest } from '../core/private/manifest-yaml';
import { apiServerUrl, type ControlPlane } from './control-plane';
import type { Mount } from './deployment';
import { metadata, type Part, WAVES } from './part';

const NAME = 'karmada-component-kubeconfig';
const CLIENT = '/etc/karmada/pki/client';

/** Where a component finds the kubeconfig. */
export const KUBECONFIG = '/etc/karmada/config/karmada.config';

/** What a component needs to be a client of the Karmada API server. */
export function clientMounts(component: string): Mount[] {
  return [
    { name: 'kubeconfig', path: '/etc/karmada/config', configMap: NAME },
    { name: 'client-cert', path: CLIENT, secret: `${component}-client-cert` },
  ];
}

/** One kubeconfig for all components. It names files and holds no key, and rotated files take effect by themselves. */
export function kubeconfig(plane: ControlPlane): Part {
  const name = 'karmada-apiserver';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: apiServerUrl(plane), 'certificate-authority': `${CLIENT}/ca.crt` } }],
    users: [{ name, user: { 'client-certificate': `${CLIENT}/tls.crt`, 'client-key': `${CLIENT}/tls.key` } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return {
    id: 'Kubeconfig',
    wave: WAVES.foundation,
    manifest: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(plane, NAME, 'karmada'),
      data: { 'karmada.config': writeManifest(config) },
    },
  };
}
