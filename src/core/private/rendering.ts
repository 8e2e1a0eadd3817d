import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
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
  const manifests = inOrder(target).map((object) => object.toJson());
  const wrong = target.review(manifests).map((trouble) => ({ path: chart.node.path, text: nested(trouble) }));
  if (found.length + wrong.length > 0) throw validationError([...wrong, ...found]);
  return manifests;
}

/** The objects of the chart itself, each after those that it depends on. */
function inOrder(target: Target): ApiObject[] {
  const { chart } = target;
  const isOwn = (construct: IConstruct): construct is ApiObject =>
    ApiObject.isApiObject(construct) && Chart.of(construct) === chart;
  const objects = within(target, chart).filter(isOwn);
  // stamping has carried all dependencies over to the objects
  if (objects.every(({ node }) => node.dependencies.length === 0)) return objects;
  return new DependencyGraph(chart.node).topology().filter(isOwn);
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
