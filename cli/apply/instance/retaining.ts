import { RETAINED } from '../../../src/core/private/keys';
import { answerText, classify } from '../../plan/answer';
import { CommandError, ExitCode } from '../../plan/command-error';
import type { HostedInstance } from '../../plan/instance/hosted-instance';
import { recordedChart } from '../../plan/instance/recorded-chart';
import { APPLY_SET_MANAGER } from '../../plan/owned-fields';
import type { ApiServer } from '../api-server';
import { attempt } from '../attempt';
import { type LockOptions, Locks } from '../locks';
import { serverSideApply } from '../write';

/**
 * Lets a control plane be: its record says since when nobody looks after it, and nothing else changes. The next apply of the
 * instance takes it back. Throws when another run is at it.
 */
export async function retain(host: ApiServer, hosted: HostedInstance, options: LockOptions): Promise<void> {
  const { key } = recordedChart(hosted.parent).parent;
  const locks = new Locks(options);
  try {
    await locks.look(host, [recordedChart(hosted.parent)]);
    await locks.take();
    const manifest = markedParent(hosted, new Date(options.now()));
    const request = serverSideApply(key, { plural: 'configmaps', namespaced: true }, manifest, APPLY_SET_MANAGER);
    const answer = await attempt(host, request, options.patience, key);
    if (classify(answer) === 'ok') return;
    const denied = classify(answer) === 'forbidden';
    throw new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
      {
        what: `the record of instance "${hosted.instanceName}" cannot be written: ${answerText(key, answer)}`,
        at: `host: ConfigMap/${key.namespace}/${key.name}`,
        fix: denied ? 'use credentials that may patch ConfigMaps there' : 'mend that and run it again',
      },
    ]);
  } finally {
    await locks.release();
  }
}

/** Everything that the manager had said before, and since when it is retained. */
function markedParent({ parent }: HostedInstance, now: Date): any {
  const { name, namespace, labels, annotations } = parent.metadata;
  const marked = { ...annotations, [RETAINED]: `${now.toISOString().slice(0, 19)}Z` };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels, annotations: marked } };
}
