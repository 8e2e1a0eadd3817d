import type { PreviewedResource, PreviewReport } from '../../../cli/render/preview-report';
import type { PreviewView } from '../../../cli/render/preview-view';

export const resource = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
export const web = (image: string, replicas: number, labels = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels },
  spec: { replicas, template: { spec: { containers: [{ name: 'web', image }] } } },
});
/** A Deployment of nine replicas on two of three clusters, overridden on one of them. */
export const PLACED: PreviewedResource = {
  resource,
  policy: { kind: 'PropagationPolicy', namespace: 'shop', name: 'web' },
  replicas: 9,
  scheduled: true,
  reason: 'Success',
  message: 'Binding has been scheduled successfully.',
  affinity: null,
  outcomes: [
    {
      clusters: [
        { name: 'member1', replicas: 3 },
        { name: 'member2', replicas: 6 },
      ],
      rendered: { member1: [web('nginx:1', 3)], member2: [web('mirror.eu/nginx:1', 6, { tier: 'gold' })] },
    },
  ],
};
/** The same without the override. */
export const UNTOUCHED: PreviewedResource = {
  ...PLACED,
  outcomes: [{ ...PLACED.outcomes[0], rendered: { member1: [web('nginx:1', 3)], member2: [web('nginx:1', 6)] } }],
};

export function reportOf(resources: PreviewedResource[], rest: Partial<PreviewReport> = {}): PreviewReport {
  return { schema: '1', resources, unsupported: [], findings: [], ...rest };
}

/** What a person is shown of a report; `plain` is the same without overrides. */
export function viewOf(report: PreviewReport, differs: Partial<PreviewView> = {}, plain = report): PreviewView {
  const byResource = new Map(report.resources.map((each, index) => [each, plain.resources[index]]));
  return {
    report,
    plain: (each) => byResource.get(each),
    clusters: ['member1', 'member2', 'member3'],
    othersKnown: true,
    whyNot: () => undefined,
    ...differs,
  };
}
