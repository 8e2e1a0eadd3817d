import { previousNames } from '../binding';
import { apiKey } from '../cluster';
import type { FilterFactory } from './filter-plugin';

/**
 * A cluster that does not have the resource yet must serve its API version and kind. One whose APIs are not known is let
 * through: the preview says so in a finding.
 *
 * Mirrors `pkg/scheduler/framework/plugins/apienablement/api_enablement.go` of Karmada v1.18.2.
 */
export const apiEnablement: FilterFactory = (binding) => {
  const previous = previousNames(binding);
  const api = apiKey(binding.resource.apiVersion, binding.resource.kind);
  return (cluster) =>
    previous.has(cluster.name) || cluster.apis === undefined || cluster.apis.has(api)
      ? undefined
      : 'cluster(s) did not have the API resource';
};
