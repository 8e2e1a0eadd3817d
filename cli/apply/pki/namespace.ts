import { answerText, classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';

/** Throws when the namespace of an instance is not on its host: whoever carries the chart makes it. */
export async function getNamespace(host: ApiServer, namespace: string, patience: Patience): Promise<void> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const answer = await attempt(host, { method: 'GET', path }, patience);
  // who may not read namespaces may well write into one
  if (answer.status === 200 || classify(answer) === 'forbidden') return;
  const key = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace };
  const absent = answer.status === 404;
  throw new CommandError(absent ? ExitCode.INVALID_INPUT : ExitCode.FAILED, [
    {
      what: absent
        ? `there is no namespace "${namespace}" on the host yet; nothing was written`
        : `the namespace "${namespace}" could not be read: ${answerText(key, answer)}`,
      at: `host: Namespace/${namespace}`,
      fix: absent
        ? 'have the chart of the host applied first, by Argo CD, Flux or `cdk8s-karmada apply`: its pods wait for the Secrets'
        : 'mend that and run it again',
      ...(absent ? { see: 'docs/gitops.md' } : {}),
    },
  ]);
}
