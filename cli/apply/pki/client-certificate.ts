import { createPrivateKey, X509Certificate } from 'node:crypto';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { ApiServer } from '../api-server';
import { makeCertificate } from './certificate';
import { secretValue } from './decision';
import { readSecret } from './existing';
import type { PkiPlan } from './plan';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Who a certificate is for, and how long. */
export interface ClientRequest {
  /** @default - the administrator of the plan */
  readonly user?: string;
  /** @default - the administrator's, when no user is given; else none */
  readonly groups?: readonly string[];
  readonly validityMs: number;
}

/** A certificate that lets somebody in. `key` and what is made of it is secret. */
export interface ClientCertificate {
  readonly user: string;
  readonly groups: readonly string[];
  readonly expires: Date;
  readonly certificate: string;
  readonly key: string;
  /** PEM of the authority that the API server is trusted by. */
  readonly authority: string;
}

/** Makes a certificate of the authority on the host, of which nothing but this one Secret is read. Nothing is written there. */
export async function clientCertificate(
  host: ApiServer,
  plan: PkiPlan,
  { user, groups, validityMs }: ClientRequest,
  now: Date,
): Promise<ClientCertificate> {
  const [admin] = plan.kubeconfigs;
  const at = `host: Secret/${plan.namespace}/${admin.authority}`;
  const secret = await readSecret(host, plan.namespace, admin.authority);
  const [authority, key] = ['tls.crt', 'tls.key'].map((name) => secretValue(secret, name));
  const unfit = whyUnfit(secret, authority, key);
  if (unfit) {
    const fix = secret
      ? 'have it signed where the key of the authority is kept'
      : 'issue it with `cdk8s-karmada instance issue`, or name the right host with --host-context';
    throw new CommandError(ExitCode.FAILED, [
      { what: `authority "${admin.authority}" cannot sign: ${unfit}`, at, fix, see: 'docs/certificates.md' },
    ]);
  }
  const end = new Date(new X509Certificate(authority).validTo);
  if (now.getTime() + validityMs > end.getTime()) {
    throw new CommandError(ExitCode.USAGE, [
      {
        what: `it would be valid longer than authority "${admin.authority}", which ends on ${end.toISOString().slice(0, 10)}`,
        at: '--validity',
        fix: 'ask for less: hours for a person, at most what you would wait to have it expire when it gets lost',
      },
    ]);
  }
  const identity = {
    secret: '',
    authority: admin.authority,
    commonName: user ?? admin.commonName,
    organizations: groups ?? (user === undefined ? admin.organizations : []),
    lifetimeDays: validityMs / DAY_MS,
  };
  const made = await makeCertificate(identity, { certificate: authority, key }, now);
  return {
    user: identity.commonName,
    groups: identity.organizations,
    expires: new Date(new X509Certificate(made.certificate).validTo),
    ...made,
    authority,
  };
}

function whyUnfit(secret: any, certificate: string, key: string): string | undefined {
  if (!secret) return 'its Secret is missing';
  if (!key) return 'its key is not on the host';
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
      ? undefined
      : 'tls.key does not belong to tls.crt';
  } catch {
    return 'its certificate or its key cannot be read';
  }
}
