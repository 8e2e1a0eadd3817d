import { condition, words } from './condition';
import { current, inProgress, type Readiness, type Rule } from './verdict';

/** A load balancer has an address; a service of another type is ready when it is accepted. */
export const service: Rule = (live) => {
  if (live.spec?.type !== 'LoadBalancer') return current();
  if (live.status?.loadBalancer?.ingress?.length) return current();
  const by = live.spec.loadBalancerClass
    ? `load balancers of class ${live.spec.loadBalancerClass}`
    : 'load balancers here';
  return inProgress(`it has no address yet; is there anything that makes ${by}?`);
};

/** Many controllers never write an address, so it is asked for only where the user says so. */
export const ingressWithAddress: Rule = (live) =>
  live.status?.loadBalancer?.ingress?.length ? current() : inProgress('it has no address yet');

export const gateway: Rule = (live) => isTrue(live, 'Programmed');

/** Every parent takes the route and finds what it points to. */
export const route: Rule = (live) => {
  const parents: any[] = live.status?.parents ?? [];
  if (!parents.length) return inProgress('no gateway has taken it yet');
  for (const { conditions = [], parentRef } of parents) {
    for (const type of ['Accepted', 'ResolvedRefs']) {
      const found = conditions.find((each: any) => each.type === type);
      if (found?.status !== 'True')
        return inProgress(`gateway ${parentRef?.name} does not say ${type}: ${words(found)}`);
    }
  }
  return current();
};

/** A condition holds. */
export function isTrue(live: any, ...types: string[]): Readiness {
  for (const type of types) {
    const found = condition(live, type);
    if (found?.status !== 'True')
      return inProgress(found ? `${type} is ${found.status}: ${words(found)}` : `${type} is not said yet`);
  }
  return current();
}
