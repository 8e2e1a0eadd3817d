import { type BootstrapToken, tokenUser } from '../../plan/joining/bootstrap-token';
import { TOKEN_HOLDERS } from '../../plan/joining/names';
import type { ApiServer } from '../api-server';
import type { Patience } from '../attempt';
import { review } from '../permissions';
import type { PermissionThere } from './preflight';

const ABOUT = { on: 'karmada', plane: 'karmada', namespace: '', verb: 'create' } as const;

/** What asking here takes. */
export const HOLDER_PERMISSIONS: readonly PermissionThere[] = [
  { ...ABOUT, group: 'authorization.k8s.io', resource: 'subjectaccessreviews' },
  { ...ABOUT, group: 'authentication.k8s.io', resource: 'tokenreviews' },
];

/** May who holds a token ask for a certificate, and read whether it has come? Whatever role gives it. */
export async function mayAsk(server: ApiServer, patience: Patience): Promise<boolean> {
  const both = await Promise.all(['create', 'get'].map((verb) => mayHolder(server, { verb }, patience)));
  return both.every((each) => each);
}

/** Does Karmada approve what the holder of a token asks for by itself? Its controller `agentcsrapproving` goes by this right. */
export async function approvesAtOnce(server: ApiServer, patience: Patience): Promise<boolean> {
  return mayHolder(server, { verb: 'create', subresource: 'clusteragent' }, patience);
}

async function mayHolder(
  server: ApiServer,
  right: { readonly verb: string; readonly subresource?: string },
  patience: Patience,
): Promise<boolean> {
  const spec = {
    user: tokenUser('000000'), // rights are those of the group
    groups: [TOKEN_HOLDERS, 'system:bootstrappers', 'system:authenticated'],
    resourceAttributes: { group: 'certificates.k8s.io', resource: 'certificatesigningrequests', ...right },
  };
  const status = await review(server, 'authorization.k8s.io/v1', 'SubjectAccessReview', spec, patience);
  // who may not ask is told of that
  return status === undefined || status.allowed === true;
}

/** Does Karmada know who holds the token? */
export async function isKnown(server: ApiServer, { id, secret }: BootstrapToken, patience: Patience): Promise<boolean> {
  const spec = { token: `${id}.${secret}` };
  const status = await review(server, 'authentication.k8s.io/v1', 'TokenReview', spec, patience);
  return status?.authenticated === true && status.user?.username === tokenUser(id);
}
