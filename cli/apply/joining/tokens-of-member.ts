import { requestNames } from '../../plan/joining/agent-request';
import { TOKEN_NAMESPACE } from '../../plan/joining/bootstrap-token';
import { MEMBER } from '../../plan/joining/names';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { readPages } from '../pages';

/** The bootstrap tokens that were made for a member; undefined where these credentials may not look. */
export async function tokensOf(karmada: ApiServer, name: string, patience: Patience): Promise<any[] | undefined> {
  const path = `/api/v1/namespaces/${TOKEN_NAMESPACE}/secrets`;
  const found = await labelled(karmada, path, name, patience);
  return found
    ?.filter(({ type }) => type === 'bootstrap.kubernetes.io/token')
    .map((secret) => ({ ...secret, apiVersion: 'v1', kind: 'Secret' }));
}

/** The requests that were made for its agent with one, which nobody who holds a token may delete. */
export async function requestsOf(karmada: ApiServer, name: string, patience: Patience): Promise<any[]> {
  const apiVersion = 'certificates.k8s.io/v1';
  const found = await labelled(karmada, `/apis/${apiVersion}/certificatesigningrequests`, name, patience);
  return (found ?? [])
    .filter(({ metadata }) => requestNames(name).test(metadata.name))
    .map((request) => ({ ...request, apiVersion, kind: 'CertificateSigningRequest' }));
}

async function labelled(
  karmada: ApiServer,
  path: string,
  name: string,
  patience: Patience,
): Promise<any[] | undefined> {
  const pages = await readPages(karmada, { path, labelSelector: `${MEMBER}=${name}` }, patience);
  return 'items' in pages ? pages.items : undefined;
}
