import { keyText, type ObjectKey } from '../../src/core/object-key';
import { answerText, classify, conflictsOf } from '../plan/answer';
import type { DesiredObject } from '../plan/chart-input';
import { CommandError, ExitCode } from '../plan/command-error';
import type { PlannedBundle } from '../plan/instance/issue-plan';
import { ISSUE_MANAGER } from '../plan/owned-fields';
import type { ApiServer } from './api-server';
import { attempt, inWindow, type Patience } from './attempt';
import type { Resource } from './discovery';
import { readLive } from './live';
import { areOurBundles, caBundleOnly, hasCaBundle } from './pki/ca-bundle';
import { serverSideApply } from './write';

const PLURALS: { readonly [kind: string]: string } = {
  CustomResourceDefinition: 'customresourcedefinitions',
  APIService: 'apiservices',
  // what tells members where Karmada is
  ConfigMap: 'configmaps',
  MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
  ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
};
const WINDOW = 16;

/** One object on Karmada, as it was read. */
interface Bundle extends PlannedBundle {
  readonly resource: Resource;
  readonly live: any;
  readonly caPem: string;
}

/**
 * The CA bundles of objects that somebody else carries to Karmada: they are filled in, and nothing else of the objects is
 * touched.
 */
export class Bundles {
  private constructor(
    private readonly karmada: ApiServer,
    private readonly bundles: readonly Bundle[],
  ) {}

  /** @param authority certificate of an authority (PEM), by its Secret; undefined while it is not issued */
  static async read(
    karmada: ApiServer,
    objects: readonly DesiredObject[],
    authority: (secret: string) => string | undefined,
    patience: Patience,
  ): Promise<Bundles> {
    const wanted = objects.map(({ key, injectCa = '' }) => ({
      key: key.kind === 'ConfigMap' ? key : { ...key, namespace: '' },
      resource: { plural: PLURALS[key.kind], namespaced: key.kind === 'ConfigMap' },
      authority: injectCa,
      caPem: authority(injectCa) ?? '',
    }));
    const found = await readLive(karmada, wanted, WINDOW, patience);
    const bundles = wanted.map((each, i): Bundle => {
      const read = found[i];
      if ('refused' in read) throw unreadable(each.key, read.refused);
      const { apiVersion, kind } = each.key;
      const live = read.live && { apiVersion, kind, ...read.live };
      const action = !live ? 'absent' : hasCaBundle(live, each.caPem) ? 'keep' : 'fill';
      return { ...each, live, action };
    });
    return new Bundles(karmada, bundles);
  }

  planned(): PlannedBundle[] {
    return this.bundles.map(({ key, authority, action }) => ({ key, authority, action }));
  }

  /** Fills in those that lack it, or have another one. */
  async fill(patience: Patience, filled: (key: ObjectKey) => void): Promise<void> {
    const due = this.bundles.filter(({ action, caPem }) => action === 'fill' && caPem);
    await inWindow(WINDOW, due, async ({ key, resource, live, caPem }) => {
      const send = (force: boolean) => {
        const manifest = caBundleOnly(live, caPem);
        return attempt(this.karmada, serverSideApply(key, resource, manifest, ISSUE_MANAGER, { force }), patience, key);
      };
      let answer = await send(false);
      if (areOurBundles(conflictsOf(answer.body))) answer = await send(true);
      if (classify(answer) !== 'ok') throw notFilled(key, answer);
      filled(key);
    });
  }
}

type Answered = { readonly status: number; readonly body: any };

function unreadable(key: ObjectKey, answer: Answered): CommandError {
  const denied = classify(answer) === 'forbidden';
  return new CommandError(denied ? ExitCode.DENIED : ExitCode.FAILED, [
    {
      what: `the CA bundle of ${keyText(key)} could not be read: ${answerText(key, answer)}`,
      at: `karmada: ${keyText(key)}`,
      fix: denied ? `use credentials that may get, list and patch ${PLURALS[key.kind]}` : 'mend that and run it again',
    },
  ]);
}

function notFilled(key: ObjectKey, answer: Answered): CommandError {
  const conflicts = conflictsOf(answer.body);
  const owners = conflicts.map(({ path, manager }) => `${path} belongs to ${manager}`);
  const denied = classify(answer) === 'forbidden';
  const code = owners.length ? ExitCode.CONFLICT : denied ? ExitCode.DENIED : ExitCode.FAILED;
  return new CommandError(code, [
    {
      what: `the CA bundle of ${keyText(key)} was not filled in: ${owners.join(', ') || answerText(key, answer)}`,
      at: `karmada: ${keyText(key)}`,
      fix: owners.length
        ? 'have the other manager leave caBundle out: docs/gitops.md has the rules'
        : denied
          ? `use credentials that may patch ${PLURALS[key.kind]}`
          : 'mend that and run it again',
    },
  ]);
}
