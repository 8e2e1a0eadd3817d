import { answerText, classify } from '../../plan/answer';
import type { SeenOfHost } from '../../plan/instance/host-candidate';
import { type ApiServer, Unreachable } from '../api-server';
import { attempt, type Patience } from '../attempt';
import { inWords } from '../in-words';
import type { ListedKind } from '../listing';
import { listAll } from '../listing';
import { hostedInstances } from './hosted-instances';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const STORAGE_CLASSES: ListedKind = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', plural: 'storageclasses' };
const NO_KEY = { apiVersion: '', kind: '', namespace: '', name: '' };

/** Looks at a cluster, for no longer than is said: one that hangs says as much as one that is gone. Writes nothing. */
export async function seenOfHost(server: ApiServer, timeoutMs: number): Promise<SeenOfHost> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort('too late'), timeoutMs);
  const late: Promise<SeenOfHost> = new Promise((resolve) => {
    over.signal.addEventListener('abort', () => resolve({ silent: `no answer came in ${timeoutMs / 1000} s` }));
  });
  try {
    return await Promise.race([look(server, timeoutMs, over.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function look(server: ApiServer, timeoutMs: number, signal: AbortSignal): Promise<SeenOfHost> {
  const patience: Patience = { signal, attempts: 1 };
  try {
    const version = await attempt(server, { method: 'GET', path: '/version', timeoutMs }, patience);
    if (version.status !== 200) return { silent: answerText(NO_KEY, version) };
    const karmada = await attempt(server, { method: 'GET', path: '/apis/policy.karmada.io', timeoutMs }, patience);
    if (classify(karmada) === 'forbidden') return { silent: answerText(NO_KEY, karmada) };
    if (karmada.status === 200) return { version: version.body?.gitVersion, karmada: true };
    let classes: any[] | undefined;
    let instances: readonly string[] | undefined;
    await Promise.all([
      inWords(async () => {
        classes = await listAll(server, STORAGE_CLASSES, patience);
      }),
      inWords(async () => {
        instances = (await hostedInstances(server, patience)).map(({ instanceName }) => instanceName).sort();
      }),
    ]);
    return {
      version: version.body?.gitVersion,
      ...(classes ? { storageClasses: named(classes) } : {}),
      ...(instances ? { instances } : {}),
    };
  } catch (error) {
    if (error instanceof Unreachable) return { silent: error.message.split('\n')[0] };
    throw error;
  }
}

function named(classes: readonly any[]): { readonly name: string; readonly isDefault: boolean }[] {
  return classes
    .map(({ metadata: { name, annotations = {} } }) => ({ name, isDefault: annotations[DEFAULT_CLASS] === 'true' }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.name < b.name ? -1 : 1));
}
