import { caBundlePlaces } from '../../ca-bundle-places';
import { type Check, type Observation, whenSeen } from './check';
import type { InstanceSnapshot, KarmadaSide } from './instance-snapshot';
import { onKarmada } from './on-karmada';

const CONFIGURATIONS = ['mutating-config', 'validating-config'];

/** What Karmada trusts is the authority that signs. */
export const CA_BUNDLES: Check<InstanceSnapshot> = {
  id: 'ca-bundles',
  title: 'the CA bundles on Karmada are those of the authority that signs',
  why: 'Karmada calls its webhooks and its aggregated API servers only with a certificate of the authority in their caBundle. After an authority was restored or replaced, or a GitOps tool took the bundles out, every call fails.',
  fix: 'run `cdk8s-karmada instance issue`, or `apply`: it fills them in; with GitOps, let the tool leave caBundle alone',
  see: 'docs/gitops.md of this project',
  look: (snapshot) =>
    whenSeen(snapshot.authorities, (authorities) => [
      ...onKarmada(
        snapshot,
        ({ webhookConfigurations }) => webhookConfigurations,
        (all) =>
          all
            .filter(({ metadata }) => CONFIGURATIONS.includes(metadata.name))
            .flatMap((each) => judged(each, authorities)),
      ),
      ...withoutSilence(
        snapshot,
        ({ apiServices }) => apiServices,
        (all) =>
          all
            .filter(({ spec }) => spec?.service?.namespace === 'karmada-system')
            .flatMap((each) => judged(each, authorities)),
      ),
      ...withoutSilence(
        snapshot,
        ({ converted }) => converted,
        (all) =>
          all.filter(({ spec }) => /(^|\.)karmada\.io$/.test(spec?.group)).flatMap((each) => judged(each, authorities)),
      ),
    ]),
};

/** That Karmada does not answer is said once. */
function withoutSilence(
  snapshot: InstanceSnapshot,
  part: (side: KarmadaSide) => KarmadaSide['apiServices'],
  look: (all: readonly any[]) => readonly Observation[],
): readonly Observation[] {
  return 'unseen' in snapshot.karmada ? [] : onKarmada(snapshot, part, look);
}

function judged(object: any, authorities: readonly string[]): Observation[] {
  const about = `${object.kind}/${object.metadata.name}`;
  const bundles = caBundlePlaces(object).map(({ caBundle }) => caBundle as string | undefined);
  const missing = bundles.filter((each) => !each).length;
  const known = new Set(authorities.map((pem) => pem.trim()));
  const other = bundles.filter(
    (each) => each && !known.has(Buffer.from(each, 'base64').toString('utf8').trim()),
  ).length;
  const of = `of ${bundles.length}`;
  if (!bundles.length) return [];
  if (missing) return [{ state: 'fails', about, cause: `${missing} ${of} caBundles are empty` }];
  if (other) return [{ state: 'fails', about, cause: `${other} ${of} caBundles are not of the instance's authority` }];
  return [{ state: 'ok', about, cause: `${bundles.length} ${of} caBundles are of the instance's authority` }];
}
