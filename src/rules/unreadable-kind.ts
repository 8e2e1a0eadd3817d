import { FindingLevel } from '../core/finding';
import { groupOf, keyOf, keyText } from '../core/object-key';
import { kindOf } from './kinds';
import type { Objects } from './objects';
import { divisionOf, isOneCluster } from './placements';
import { entries, record, texts } from './read';
import type { Doubt, InputRule } from './rule';

/** Groups for which Karmada ships Lua: pkg/resourceinterpreter/default/thirdparty at v1.18.2. */
const THIRD_PARTY = new Set([
  'apps.kruise.io',
  'argoproj.io',
  'batch.volcano.sh',
  'flink.apache.org',
  'helm.toolkit.fluxcd.io',
  'kubeflow.org',
  'kustomize.toolkit.fluxcd.io',
  'kyverno.io',
  'ray.io',
  'source.toolkit.fluxcd.io',
  'sparkoperator.k8s.io',
]);
/** Kinds of Kubernetes whose health Karmada reads itself: pkg/resourceinterpreter/default/native/healthy.go. */
const WITH_HEALTH = new Set([
  'PersistentVolumeClaim',
  'Pod',
  'Service',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'networking.k8s.io/Ingress',
  'policy/PodDisruptionBudget',
]);
/** Kinds that fail, so that somebody may wait for it. */
const RUNS = new Set(['batch/CronJob', 'batch/Job']);

function isCustom(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** Asks whether somebody taught Karmada a kind, with Lua or with a webhook. */
function taught(objects: Objects): (template: any) => boolean {
  const known = new Set<string>();
  for (const { spec } of objects.ofKind('config.karmada.io/ResourceInterpreterCustomization')) {
    known.add(`${groupOf(String(spec?.target?.apiVersion))}/${spec?.target?.kind}`);
  }
  for (const { webhooks } of objects.ofKind('config.karmada.io/ResourceInterpreterWebhookConfiguration')) {
    for (const { item } of entries(webhooks).flatMap((each) => entries(each.item.rules))) {
      for (const group of texts(item.apiGroups)) for (const kind of texts(item.kinds)) known.add(`${group}/${kind}`);
    }
  }
  return ({ apiVersion, kind }) => {
    const group = groupOf(apiVersion);
    return [group, '*'].some((each) => known.has(`${each}/${kind}`) || known.has(`${each}/*`));
  };
}

function check(objects: Objects): Doubt[] {
  const isTaught = taught(objects);
  return objects.templates.flatMap((object): Doubt[] => {
    const policy = objects.policyOf(object);
    const group = groupOf(object.apiVersion);
    if (!policy || THIRD_PARTY.has(group)) return [];
    const name = keyText(keyOf(policy));
    const [isOwn, kind] = [isCustom(group), kindOf(object)];
    const isDivided = divisionOf(policy) !== 'duplicated' && !isOneCluster(policy);
    const hasReplicas = isOwn && isDivided && typeof record(object.spec).replicas === 'number';
    const waits =
      record(record(policy.spec).failover).application && (isOwn || RUNS.has(kind)) && !WITH_HEALTH.has(kind);
    if ((!hasReplicas && !waits) || isTaught(object)) return [];
    return [
      ...(hasReplicas
        ? [
            {
              object,
              path: 'spec.replicas',
              message: `${name} divides, but Karmada does not know that these are replicas: each cluster gets all of them`,
            },
          ]
        : []),
      ...(waits
        ? [
            {
              object,
              path: 'kind',
              message: `${name} waits for it to fail, but Karmada cannot tell whether a ${object.kind} is healthy`,
            },
          ]
        : []),
    ];
  });
}

export const UNREADABLE_KIND: InputRule = {
  code: 'MC046',
  level: FindingLevel.WARNING,
  title: 'a kind that Karmada cannot read',
  why: 'Karmada reads replicas and health of the workloads of Kubernetes and of some known projects. Of any other kind it knows neither, so it does not divide it, and application failover never begins. Of a Job it does not know the health.',
  fix: 'teach Karmada the kind with a ResourceInterpreterCustomization',
  see: 'https://karmada.io/docs/userguide/globalview/customizing-resource-interpreter',
  check,
};
