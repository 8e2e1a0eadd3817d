import { condition, words } from '../../readiness/condition';
import type { Check, Observation } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { masked } from './masked';
import { onKarmada } from './on-karmada';

const CLUSTERS = 'v1alpha1.cluster.karmada.io';

/** The aggregated APIs are served. */
export const API_SERVICES: Check<InstanceSnapshot> = {
  id: 'api-services',
  title: 'the aggregated APIs of Karmada are available',
  why: 'Clusters are not in a CRD: karmada-aggregated-apiserver serves them. While an APIService is not Available, its kinds are gone, and namespaces on Karmada cannot be deleted.',
  fix: 'see that its Deployment is ready (check components-ready), that its Service on Karmada names the host by a full DNS name, and that no NetworkPolicy is in the way',
  see: 'https://kubernetes.io/docs/tasks/extend-kubernetes/setup-extension-api-server/',
  look: (snapshot) =>
    onKarmada(
      snapshot,
      ({ apiServices }) => apiServices,
      (all) => {
        const aggregated = all.filter(({ spec }) => spec?.service);
        const missing: Observation[] = aggregated.some(({ metadata }) => metadata.name === CLUSTERS)
          ? []
          : [
              {
                state: 'fails',
                about: `APIService/${CLUSTERS}`,
                cause: 'it is not there',
                fix: 'apply the instance again',
              },
            ];
        return [
          ...missing,
          ...aggregated.map((each): Observation => {
            const about = `APIService/${each.metadata.name}`;
            const available = condition(each, 'Available');
            if (available?.status === 'True') return { state: 'ok', about, cause: 'it is Available' };
            const why = available ? `${available.reason}: ${masked(words(available))}` : 'nothing is known of it yet';
            return { state: 'fails', about, cause: `it is not Available (${why})` };
          }),
        ];
      },
    ),
};
