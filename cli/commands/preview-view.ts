import type { ClusterVerdict } from '../../src/preview/cluster-verdict';
import { Preview } from '../../src/preview/preview';
import type { PreviewProps } from '../../src/preview/preview-props';
import { resourceText } from '../../src/preview/private/uids';
import { ExitCode } from '../plan/command-error';
import type { HtmlView } from '../render/preview-html/html-view';
import type { PreviewedResource, PreviewReport } from '../render/preview-report';
import type { PreviewView } from '../render/preview-view';
import { fromLibrary } from './library';

/** A preview, and what it was made from. */
export interface Made {
  readonly whole: Preview;
  readonly props: PreviewProps;
  /** Why no manifests were rendered, as a sentence; left out when they were. */
  readonly unrendered?: string;
}

/** What a person is shown of a preview. `report`: with all findings. */
export function viewOf(report: PreviewReport, { whole, props, unrendered }: Made): HtmlView {
  return {
    report,
    plain: unrendered ? () => undefined : withoutOverrides(report, props),
    clusters: whole._clusterNames,
    othersKnown: props.existing !== undefined,
    unrendered,
    whyNot: reasons(whole),
    fleet: whole._fleet,
    template: ({ resource }) => whole._template(resourceText(resource)),
  };
}

function reasons(whole: Preview): PreviewView['whyNot'] {
  // asked cluster by cluster: the verdicts on one resource are kept until the next
  let last:
    | { readonly resource: PreviewedResource; readonly verdicts: ReadonlyMap<string, ClusterVerdict> }
    | undefined;
  return (resource, cluster) => {
    if (last?.resource !== resource) {
      const verdicts = whole.verdicts(resourceText(resource.resource));
      last = { resource, verdicts: new Map(verdicts.map((verdict) => [verdict.cluster, verdict])) };
    }
    return last.verdicts.get(cluster)?.reason;
  };
}

/** Each resource as it would be without any override. */
function withoutOverrides({ resources }: PreviewReport, props: PreviewProps): PreviewView['plain'] {
  const without = (objects: any[]) => objects.filter((object) => !isOverride(object)).map(waitingForNone);
  const { manifests, existing = [] } = props;
  const plain = fromLibrary(ExitCode.INVALID_INPUT, () =>
    Preview.of({ ...props, manifests: without(manifests), existing: without(existing) }),
  );
  const report: PreviewReport = plain.toJson();
  const byResource = new Map(resources.map((resource, index) => [resource, report.resources[index]]));
  return (resource) => byResource.get(resource);
}

function isOverride({ kind, apiVersion }: any): boolean {
  return /^(Cluster)?OverridePolicy$/.test(kind) && String(apiVersion).startsWith('policy.karmada.io/');
}

/** A policy that does not wait for overrides: where they are left out, it would wait for ever. */
function waitingForNone(object: any): any {
  if (!object.spec?.dependentOverrides) return object;
  const { dependentOverrides: _, ...spec } = object.spec;
  return { ...object, spec };
}
