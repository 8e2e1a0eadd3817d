import { FailoverEnd, type FailoverTimeline } from '../../../src/preview/failover-timeline';

const PROBE = { seconds: 41.2, what: 'a probe of the cluster fails', because: 'every 10 s' };

/** A workload on three clusters: from one it goes elsewhere, in the two others it stays. */
export const FAILOVER: { readonly resource: string; readonly clusters: readonly FailoverTimeline[] } = {
  resource: 'Deployment/shop/web',
  clusters: [
    {
      ...{ cluster: 'member1', replicas: 3, end: FailoverEnd.ELSEWHERE, seconds: 114 },
      steps: [PROBE, { seconds: 114, what: 'it is <b>evicted</b>', because: 'taint a|b' }],
      goesTo: [{ name: 'member2', replicas: 3 }],
    },
    { ...{ cluster: 'member2', replicas: 6, end: FailoverEnd.STAYS }, steps: [PROBE], goesTo: [] },
    { ...{ cluster: 'member3', replicas: 1, end: FailoverEnd.STAYS }, steps: [PROBE], goesTo: [] },
  ],
};
