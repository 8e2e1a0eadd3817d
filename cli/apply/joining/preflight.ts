import type { Trouble } from '../../../src/core/private/trouble';
import { answerText } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import { distinct, granting, on, type Permission, permissionLines } from '../../plan/permission';
import type { ApiServer } from '../api-server';
import { attempt, inWindow, type Patience } from '../attempt';
import { lackingPermissions } from '../permissions';
import { type Looked, resourceOf, type Step, type Where, type Writer } from './writer';

/** Requests of a check at one time. */
const WINDOW = 8;
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'kube-system' };

/** The UID of a server's kube-system, which tells clusters apart. */
export async function identityOf(server: ApiServer, patience: Patience): Promise<string | undefined> {
  const path = '/api/v1/namespaces/kube-system';
  const { status, body } = await attempt(server, { method: 'GET', path }, patience);
  return status === 200 ? body?.metadata?.uid : undefined;
}

/** The same of a member, whose identity Karmada has to be told. */
export async function memberIdentity(server: ApiServer, patience: Patience): Promise<string> {
  const path = '/api/v1/namespaces/kube-system';
  const answer = await attempt(server, { method: 'GET', path }, patience, NAMESPACE);
  const id = answer.status === 200 ? answer.body?.metadata?.uid : undefined;
  if (id) return id;
  const denied = answer.status === 401 || answer.status === 403;
  throw new CommandError(denied ? ExitCode.DENIED : ExitCode.USAGE, [
    {
      what: `the member does not say who it is: ${answerText(NAMESPACE, answer)}`,
      at: `member: Namespace/kube-system at ${server.url}`,
      fix: denied ? 'use credentials that may read it' : 'check that this is the API server of a Kubernetes cluster',
    },
  ]);
}

/** Version of a server; undefined where it does not say. */
export async function versionOf(server: ApiServer, patience: Patience): Promise<string | undefined> {
  const { status, body } = await attempt(server, { method: 'GET', path: '/version' }, patience);
  return status === 200 ? body?.gitVersion : undefined;
}

/** A permission, and on which server. */
export type PermissionThere = Permission & { readonly on: Where };

/** What is needed that these credentials may not, one trouble for each server. */
export async function permissionTroubles(
  writers: readonly Writer[],
  needed: readonly PermissionThere[],
  patience: Patience,
): Promise<Trouble[]> {
  const found: Trouble[] = [];
  for (const { on: where, server } of writers) {
    const own = distinct(needed.filter((each) => each.on === where));
    const lacking = await lackingPermissions(server, own, WINDOW, patience);
    if (!lacking.length) continue;
    found.push({
      what: `these credentials may not ${permissionLines(lacking).join('; ')}`,
      at: `${where}: ${server.name ?? server.url}`,
      fix: 'use credentials that may, such as those of a cluster administrator; nothing was written',
    });
  }
  return found;
}

/** What a step takes. */
export function permissionsOf({ on: where, manifest }: Step): PermissionThere[] {
  const { apiVersion, kind, metadata } = manifest;
  const { plural } = resourceOf(kind);
  const key = { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name };
  // which server it is about is said where they are asked
  const object = { plane: 'host' as const, key, plural, manifest };
  return [...on(object, 'get', 'create', 'patch'), ...granting(object)].map((each) => ({ ...each, on: where }));
}

/** What writing each step would do. */
export async function lookAll(writers: readonly Writer[], steps: readonly Step[]): Promise<Looked[]> {
  const found = new Map<Step, Looked>();
  await inWindow(WINDOW, steps, async (step) => {
    const writer = writers.find(({ on: where }) => where === step.on) as Writer;
    found.set(step, await writer.look(step));
  });
  return steps.map((step) => found.get(step) as Looked);
}
