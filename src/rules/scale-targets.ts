import { keyed } from './grouped';
import type { Objects } from './objects';
import { record } from './read';

export const FEDERATED_HPA = 'autoscaling.karmada.io/FederatedHPA';
export const CRON_FEDERATED_HPA = 'autoscaling.karmada.io/CronFederatedHPA';

/** What an autoscaler scales, as a key. */
export function targetKey(autoscaler: any): string {
  const { apiVersion, kind, name } = record(record(autoscaler.spec).scaleTargetRef);
  return keyed(apiVersion, kind, autoscaler.metadata.namespace, name);
}

/** What an autoscaler scales; undefined when it is not in the input. */
export function targetOf(objects: Objects, autoscaler: any): any {
  const { apiVersion, kind, name } = record(record(autoscaler.spec).scaleTargetRef);
  const isNamed = [apiVersion, kind, name].every((each) => typeof each === 'string' && each !== '');
  return isNamed ? objects.find(apiVersion, kind, autoscaler.metadata.namespace, name) : undefined;
}
