import { keyOf, keyText } from '../../core/object-key';
import { podRequest } from './pod-request';
import type { ReplicaNeed } from './replica-need';
import { componentsOf } from './third-party/components';
import { thirdPartyReplicas } from './third-party/replicas';
import { Unsupported } from './unsupported';

/**
 * How many replicas a template asks for, and what one of them needs, for the kinds that Karmada itself understands.
 *
 * Mirrors `applyReplicaInterpretation` in `pkg/detector/detector.go` and
 * `pkg/resourceinterpreter/default/native/replica.go` of Karmada v1.18.2.
 *
 * @param byComponent the feature gate MultiplePodTemplatesScheduling is on
 */
export function interpretReplicas(template: any, byComponent: boolean): ReplicaNeed {
  const components = byComponent ? componentsOf(template) : undefined;
  if (components) return { replicas: 0, components };
  const spec = template.spec ?? {};
  const at = `resources of ${keyText(keyOf(template))}`;
  switch (`${template.apiVersion} ${template.kind}`) {
    case 'apps/v1 Deployment':
    case 'apps/v1 StatefulSet':
    case 'apps/v1 ReplicaSet':
      return { replicas: spec.replicas ?? 0, request: podRequest(spec.template?.spec, at) };
    case 'batch/v1 Job': {
      const parallelism = spec.parallelism ?? 0;
      return {
        replicas: Math.min(parallelism, spec.completions ?? parallelism),
        request: podRequest(spec.template?.spec, at),
      };
    }
    case 'v1 Pod':
      return { replicas: 1, request: podRequest(spec, at) };
    default:
      return thirdPartyReplicas(template) ?? { replicas: 0 };
  }
}

/** Refuses the kinds whose replicas somebody else's code interprets. */
export function refuseForeign(template: any, customized: ReadonlySet<string>): void {
  if (customized.has(`${template.apiVersion} ${template.kind}`)) {
    throw new Unsupported('resource interpreter: a ResourceInterpreterCustomization, or a webhook, reads this kind');
  }
}
