import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Trouble } from '../../../src/core/private/trouble';
import { classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import {
  AGENT_REQUEST,
  type Asked,
  type PendingRequest,
  pendingOf,
  requestName,
  requestSecret,
} from '../../plan/joining/agent-request';
import { object } from '../../plan/joining/made';
import { MEMBER, SYSTEM } from '../../plan/joining/names';
import { attempt, type Patience, pause } from '../attempt';
import { get } from '../live';
import { type AgentCertificate, isGood } from './certificate';
import { randomText } from './random-text';
import { answerTo, newKey, requesting, requestKey, signingRequest } from './signing-request';
import { resourceOf, stepOn, stopIfAsked, type Writer } from './writer';

/** Who asks with a token, and where the key is kept meanwhile. */
export interface TokenAsking {
  /** As the holder of the token. */
  readonly karmada: Writer;
  readonly member: Writer;
  /** On the member. */
  readonly namespace: string;
  readonly asked: Asked;
}

/** How long the approval is waited for. */
export interface ApprovalWait {
  readonly timeoutMs: number;
  readonly patience: Patience;
  /** Told once, when somebody has to approve it. */
  waiting(request: string): void;
}

const POLL_MS = 500;
/** Karmada's own approver takes less. */
const SOON_MS = 2000;

/** What an earlier run has asked for, or got; undefined when there is nothing that can be used. */
export async function readPending({ member, namespace, asked }: TokenAsking): Promise<PendingRequest | undefined> {
  const found = pendingOf(await member.read(object('Secret', AGENT_REQUEST, namespace)), asked);
  if (!found || !isKey(found.key)) return undefined;
  return found.certificate === undefined || isOwn(found.certificate, found.key, asked) ? found : undefined;
}

/**
 * Has Karmada sign a certificate for an agent, for somebody who holds nothing but a token. What is asked for is kept on the
 * member first: a person may take longer than a run.
 */
export async function certificateByToken(
  asking: TokenAsking,
  pending: PendingRequest | undefined,
  wait: ApprovalWait,
): Promise<AgentCertificate> {
  const { karmada, asked } = asking;
  const open = pending ?? (await newRequest(asking));
  const { name, key } = open;
  const earlier = await readRequest(karmada, name, asked.cluster);
  if (!earlier) await ask(karmada, name, await signingRequest(asked.cluster, key), asked.cluster);
  const certificate = await awaitSigned(asking, name, wait);
  if (!isOwn(certificate, key, asked)) {
    await forget(asking);
    const what = 'what Karmada signed is not what was asked for';
    throw new CommandError(ExitCode.FAILED, [{ what, at: placeOf(name), fix: 'run it again to ask anew' }]);
  }
  await keep(asking, { name, key, certificate });
  return { certificate, key };
}

/** Deletes the key, once the agent has it or nobody will sign for it. */
export async function forget({ member, namespace }: TokenAsking): Promise<void> {
  const key = object('Secret', AGENT_REQUEST, namespace);
  const live = await member.read(key);
  if (live) await member.remove(key, live);
}

/** An API server does not tell one that has ended from one that there never was. */
export function unknownToken(cluster: string): Trouble {
  return {
    what: 'Karmada does not know the token: it has ended, or was taken back',
    at: '--bootstrap-kubeconfig',
    fix: `ask for a new one: \`cdk8s-karmada member token ${cluster}\``,
  };
}

async function newRequest(asking: TokenAsking): Promise<PendingRequest> {
  const made = { name: requestName(asking.asked.cluster, randomText(8)), key: await newKey() };
  await keep(asking, made);
  return made;
}

async function keep({ member, namespace, asked }: TokenAsking, pending: PendingRequest): Promise<void> {
  await member.ensure(stepOn('member', requestSecret(namespace, asked, pending)));
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

function isOwn(certificate: string, key: string, { cluster }: Asked): boolean {
  return (
    isGood(certificate, cluster, Date.now()) && new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  );
}

function placeOf(name: string): string {
  return `karmada: CertificateSigningRequest/${name}`;
}

async function readRequest(karmada: Writer, name: string, cluster: string): Promise<any> {
  const key = requestKey(name);
  const found = await get(karmada.server, { key, resource: resourceOf(key.kind) }, {});
  if (!('refused' in found)) return found.live;
  if (found.refused.status === 401) throw new CommandError(ExitCode.DENIED, [unknownToken(cluster)]);
  throw karmada.refused(key, found.refused);
}

async function ask(karmada: Writer, name: string, request: string, cluster: string): Promise<void> {
  const key = requestKey(name);
  const answer = await attempt(karmada.server, requesting(name, { ...SYSTEM, [MEMBER]: cluster }, request), {}, key);
  if (answer.status === 401) throw new CommandError(ExitCode.DENIED, [unknownToken(cluster)]);
  // it was sent twice: the first answer got lost
  if (answer.status >= 300 && classify(answer) !== 'stale') throw karmada.refused(key, answer);
}

async function awaitSigned(asking: TokenAsking, name: string, wait: ApprovalWait): Promise<string> {
  const { karmada, asked } = asking;
  const { timeoutMs, patience, waiting } = wait;
  const at = placeOf(name);
  const began = performance.now();
  let told = false;
  for (;;) {
    const live = await readRequest(karmada, name, asked.cluster);
    const { certificate, against, approved } = answerTo(live);
    if (certificate) return certificate;
    if (against) {
      await forget(asking);
      const what = `the certificate of the agent was refused: ${against}`;
      throw new CommandError(ExitCode.FAILED, [{ what, at, fix: 'ask who did so, then run it again to ask anew' }]);
    }
    if (!live) {
      throw new CommandError(ExitCode.FAILED, [
        { what: 'the request was deleted', at, fix: 'ask who did so, then run it again to ask anew' },
      ]);
    }
    stopIfAsked(patience);
    const waited = performance.now() - began;
    if (waited >= timeoutMs) throw late(name, approved);
    if (!told && !approved && waited >= Math.min(SOON_MS, timeoutMs / 2)) {
      told = true;
      waiting(name);
    }
    await pause(POLL_MS, patience.signal);
  }
}

function late(name: string, approved: boolean): CommandError {
  return new CommandError(ExitCode.TIMED_OUT, [
    {
      what: `the certificate of the agent was ${approved ? 'approved, and not signed' : 'not approved'} in time; the request stays, and its key is kept on the member`,
      at: placeOf(name),
      fix: approved
        ? "have it looked at why Karmada's kube-controller-manager signs nothing, then run it again: it goes on with the same request"
        : `have it approved on Karmada: \`kubectl certificate approve ${name}\`, then run it again: it goes on with the same request`,
    },
  ]);
}
