import { X509Certificate } from 'node:crypto';
import { CommandError, ExitCode } from '../../plan/command-error';
import { agentUser, SYSTEM } from '../../plan/joining/names';
import { attempt, type Patience, pause } from '../attempt';
import { objectPath } from '../discovery';
import { lackingPermissions } from '../permissions';
import { answerTo, newKey, requesting, requestKey, SIGNER, signingRequest } from './signing-request';
import { resourceOf, stopIfAsked, type Writer } from './writer';

const POLL_MS = 250;
/** Of what is left of a certificate an agent that runs renews it long before. */
const LEAST_LEFT = 0.1;

/** A client certificate with its key, both PEM. */
export interface AgentCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Permissions on Karmada that a request takes. */
export function requestPermissions(cluster: string) {
  const about = {
    plane: 'karmada',
    group: 'certificates.k8s.io',
    resource: 'certificatesigningrequests',
    namespace: '',
  } as const;
  return [
    { ...about, on: 'karmada' as const, verb: 'create' },
    { ...about, on: 'karmada' as const, verb: 'get', name: requestName(cluster) },
    { ...about, on: 'karmada' as const, verb: 'delete', name: requestName(cluster) },
  ];
}

function requestName(cluster: string): string {
  return `cdk8s-karmada-agent-${cluster}`;
}

/** Is it the agent's, and good for some time still? */
export function isGood(pem: string, cluster: string, now: number): boolean {
  try {
    const certificate = new X509Certificate(pem);
    const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    return holderOf(pem) === agentUser(cluster) && (to - now) / (to - from) > LEAST_LEFT;
  } catch {
    return false;
  }
}

/** Common name of a certificate; undefined when it is none. */
export function holderOf(pem: string): string | undefined {
  try {
    return /^CN=(.*)$/m.exec(new X509Certificate(pem).subject)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Has Karmada sign a certificate for an agent. The key is made here, and leaves this process only in the Secret on the member.
 * A request that an earlier run has left is of no use: its key is gone.
 */
export async function requestCertificate(
  karmada: Writer,
  cluster: string,
  timeoutMs: number,
  patience: Patience,
): Promise<AgentCertificate> {
  const name = requestName(cluster);
  const key = requestKey(name);
  const earlier = await karmada.read(key);
  if (earlier) await karmada.remove(key, earlier);
  const privateKey = await newKey();
  const request = await signingRequest(cluster, privateKey);
  const made = await attempt(karmada.server, requesting(name, SYSTEM, request), patience, key);
  if (made.status >= 300) throw karmada.refused(key, made);
  try {
    await approve(karmada, name, patience);
    const certificate = await signed(karmada, name, performance.now() + timeoutMs, patience);
    return { certificate, key: privateKey };
  } finally {
    const left = await karmada.read(key);
    // also when the run was interrupted meanwhile: it is of no use to anybody
    const path = objectPath(key, resourceOf(key.kind));
    if (left) await attempt(karmada.server, { method: 'DELETE', path }, {}, key);
  }
}

/** Who may approve does; else it is Karmada's own approver, or a person. */
async function approve(karmada: Writer, name: string, patience: Patience): Promise<void> {
  const about = { plane: 'karmada', group: 'certificates.k8s.io', namespace: '' } as const;
  const needed = [
    { ...about, resource: 'certificatesigningrequests/approval', verb: 'update' },
    { ...about, resource: 'signers', verb: 'approve', name: SIGNER },
  ];
  if ((await lackingPermissions(karmada.server, needed, 2, patience)).length) return;
  const key = requestKey(name);
  const path = `${objectPath(key, resourceOf(key.kind))}/approval`;
  for (;;) {
    const live = await karmada.read(key);
    if (!live || live.status?.conditions?.length) return;
    const conditions = [
      {
        type: 'Approved',
        status: 'True',
        reason: 'MemberJoin',
        message: 'by cdk8s-karmada member join, which made it',
      },
    ];
    const body = { ...live, apiVersion: key.apiVersion, kind: key.kind, status: { ...live.status, conditions } };
    const answer = await attempt(karmada.server, { method: 'PUT', path, body }, patience, key);
    if (answer.status < 300) return;
    if (answer.status !== 409) throw karmada.refused(key, answer);
  }
}

async function signed(karmada: Writer, name: string, until: number, { signal }: Patience): Promise<string> {
  for (;;) {
    const live = await karmada.read(requestKey(name));
    const { certificate, against, approved } = answerTo(live);
    if (certificate) return certificate;
    const at = `karmada: CertificateSigningRequest/${name}`;
    if (against || !live) {
      const what = live ? `the certificate of the agent was refused: ${against}` : 'it was deleted';
      throw new CommandError(ExitCode.FAILED, [{ what, at, fix: 'ask who did so, then run it again' }]);
    }
    stopIfAsked({ signal });
    if (performance.now() >= until) {
      throw new CommandError(ExitCode.TIMED_OUT, [
        {
          what: `the certificate of the agent was ${approved ? 'approved, and not signed' : 'not approved'} in time`,
          at,
          fix: approved
            ? "see to it that Karmada's kube-controller-manager runs csrsigning, then run it again"
            : `have it approved while this waits: \`kubectl certificate approve ${name}\` on Karmada`,
        },
      ]);
    }
    await pause(POLL_MS, signal);
  }
}
