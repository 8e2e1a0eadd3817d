import type { IConstruct } from 'constructs';
import { groupOf } from '../../core/object-key';
import { peekAt } from '../../core/private/plain-object';
import { strayTroubles } from '../../core/private/stray';
import type { Trouble } from '../../core/private/trouble';
import type { IMulticloudResource } from '../multicloud-resource';
import { isRetained } from './retained-replicas';

/** Of the kinds that Kubernetes has itself, those with replicas that can be set from outside. */
const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** Groups of Kubernetes itself: none, without a domain, or below k8s.io. */
const KUBERNETES_GROUP = /^([a-z]*|[a-z.-]+\.k8s\.io)$/;

/** What is scaled, as Karmada refers to it. */
export function scaleTargetRef({ template }: IMulticloudResource): any {
  return { apiVersion: template.apiVersion, kind: template.kind, name: template.name };
}

/** What is wrong with what an autoscaler is to scale. Custom kinds are taken as they are: some have replicas. */
export function scaleTargetTroubles(autoscaler: IConstruct, target: IMulticloudResource): Trouble[] {
  const { apiVersion, kind } = target.template;
  const group = groupOf(apiVersion);
  const found: Trouble[] = [];
  if (KUBERNETES_GROUP.test(group) && !SCALED.includes(kind)) {
    found.push({
      what: `a ${kind} has no replicas that could be scaled`,
      fix: `give a construct of one of the kinds ${SCALED.join(', ')}, or of a custom kind that can be scaled`,
    });
  }
  if (kind === 'Deployment' && isRetained(peekAt(target.template).metadata.labels)) {
    found.push({
      what: `the clusters keep their own replicas of ${target.template.name} (\`retainReplicas\`), so a new number would never reach them`,
      fix: 'leave `retainReplicas` out, or scale it with an autoscaler in each cluster',
    });
  }
  return [...found, ...strayTroubles(autoscaler, [target.template])];
}
