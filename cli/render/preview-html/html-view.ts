import type { ClusterFacts } from '../../../src/preview/private/cluster';
import type { PreviewedResource } from '../preview-report';
import type { PreviewView } from '../preview-view';

/** What the page shows besides what every form shows. */
export interface HtmlView extends PreviewView {
  /** The clusters of the fleet. */
  readonly fleet: readonly ClusterFacts[];
  /** The template of a resource, as Karmada stores it. */
  readonly template: (resource: PreviewedResource) => any;
}
