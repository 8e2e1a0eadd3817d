import { type Check, type Observation, whenSeen } from './check';
import type { InstanceSnapshot, Said } from './instance-snapshot';
import { masked } from './masked';
import { onKarmada } from './on-karmada';

const SERVICE = 'karmada-webhook';

/** The webhooks of Karmada are reached. */
export const WEBHOOKS_ANSWER: Check<InstanceSnapshot> = {
  id: 'webhooks-answer',
  title: "Karmada's webhooks answer",
  why: 'Every policy and every object of Karmada passes its webhooks, which refuse when they do not answer. A policy is offered to the API server with dryRun, which asks them and keeps nothing.',
  fix: 'see that karmada-webhook is ready (check components-ready), that its certificate fits (checks certificates and ca-bundles), and that no NetworkPolicy is in the way',
  see: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  look: (snapshot) => [
    ...whenSeen(snapshot.endpointSlices, (all): Observation[] => {
      const about = `Service/${snapshot.namespace}/${SERVICE}`;
      const own = all.filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === SERVICE);
      const ready = own
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter(({ conditions }: any) => conditions?.ready !== false);
      const cause = `${ready.length} of its pods take requests`;
      return [{ state: ready.length ? 'ok' : 'fails', about, cause }];
    }),
    ...onKarmada(snapshot, ({ offered }) => offered, offeredObservations),
  ],
};

function offeredObservations({ status, text }: Said): Observation[] {
  const about = 'a policy that is offered and not kept';
  if (status === 201 || status === 200) return [{ state: 'ok', about, cause: 'its webhooks were asked and took it' }];
  const cause = masked(text);
  if (status === 403 && /cannot create/.test(text)) {
    return [{ state: 'unknown', about, cause, fix: 'use credentials that may create PropagationPolicies' }];
  }
  if (status === 404)
    return [
      {
        state: 'fails',
        about,
        cause: 'Karmada does not serve PropagationPolicies',
        fix: 'apply the instance again: its CRDs are missing',
      },
    ];
  return [{ state: 'fails', about, cause: `it is refused with ${status}: ${cause}` }];
}
