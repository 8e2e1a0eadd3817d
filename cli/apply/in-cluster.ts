import { existsSync } from 'node:fs';
import type { Kubeconfig } from './kubeconfig';
import type { Given } from './plane-choice';

/** Where Kubernetes puts what a pod may identify itself with. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** In a pod its own service account is the default, as it is for kubectl. */
export function inCluster(environment: Given['environment'], folder = SERVICE_ACCOUNT): Kubeconfig | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  const tokenFile = `${folder}/token`;
  if (!host || !port || !existsSync(tokenFile)) return undefined;
  const name = 'in-cluster';
  const file = tokenFile;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    files: [folder],
    currentContext: name,
    clusters: [{ name, file, value: { server, 'certificate-authority': `${folder}/ca.crt` } }],
    users: [{ name, file, value: { tokenFile } }],
    contexts: [{ name, file, value: { cluster: name, user: name } }],
  };
}
