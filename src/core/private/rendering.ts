import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { nested, validationError } from './check';
import { type Target, targetOf, within } from './target-registry';

/**
 * What a target chart renders, once it is found to be right: a target chart's `toJson` is this. The one of cdk8s resolves and
 * validates the whole app again for each chart, so that many charts take long; this one looks at the chart only.
 *
 * @throws as cdk8s does, when something is wrong
 */
export function renderTarget(chart: Chart): any[] {
  const target = targetOf(chart) as Target;
  const found = validated(target);
  const manifests = new DependencyGraph(chart.node)
    .topology()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && Chart.of(construct) === chart)
    .map((object) => object.toJson());
  const wrong = target.review(manifests).map((trouble) => ({ path: chart.node.path, text: nested(trouble) }));
  if (found.length + wrong.length > 0) throw validationError([...wrong, ...found]);
  return manifests;
}

/** Validates a target; its objects are stamped by that, and reviewed only when they are rendered. */
function validated(target: Target): { path: string; text: string }[] {
  target.isRendering = true;
  try {
    return within(target, target.chart).flatMap(({ node }) =>
      node.validate().map((text) => ({ path: node.path, text })),
    );
  } finally {
    target.isRendering = false;
  }
}
