import { dump } from 'js-yaml';

/** Is it what tells members where Karmada is (ConfigMap kube-public/cluster-info)? */
export function isClusterInfo({ apiVersion, kind, metadata, data }: any): boolean {
  const isNamed = metadata?.name === 'cluster-info' && metadata.namespace === 'kube-public';
  return apiVersion === 'v1' && kind === 'ConfigMap' && isNamed && typeof data?.server === 'string';
}

/**
 * The key `kubeconfig` of it: the server that its key `server` names, and the authority (PEM) that vouches for it. In the form
 * that kubeadm made: one cluster without a name, which joining tools take as it is.
 */
export function clusterInfoText(manifest: any, caPem: string): string {
  const cluster = {
    'certificate-authority-data': Buffer.from(caPem).toString('base64'),
    server: manifest.data.server,
  };
  return dump({ apiVersion: 'v1', kind: 'Config', clusters: [{ name: '', cluster }] }, { lineWidth: -1 });
}
