import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { nested, validationError } from './check';
import { makeLate } from './late';
import { handOut, peekAt } from './plain-object';
import { selfWritten } from './self-written';
import { stamp } from './stamp';
import { isElsewhere, type Target, targetOf, within } from './target-registry';

/**
 * What a target chart renders, once it is found to be right: a target chart's `toJson` is this. The one of cdk8s resolves and
 * validates the whole app again for each chart, so that many charts take long; this one looks at the chart only.
 *
 * @throws as cdk8s does, when something is wrong
 */
export function renderTarget(chart: Chart): any[] {
  const target = targetOf(chart) as Target;
  makeLate(target);
  const constructs = within(target, chart);
  stamp(target, constructs);
  const found = validated(target, constructs);
  const objects = inOrder(chart, constructs);
  const manifests = objects.map(peekAt);
  const wrong = target.review(manifests).map((trouble) => ({ path: chart.node.path, text: nested(trouble) }));
  if (found.length + wrong.length > 0) throw validationError([...wrong, ...found]);
  return objects.map((object, index) => selfWritten(handOut(object, manifests[index])));
}

/** The objects of the chart itself, each after those that it depends on. */
function inOrder(chart: Chart, constructs: readonly IConstruct[]): ApiObject[] {
  const isOwn = (construct: IConstruct): construct is ApiObject =>
    ApiObject.isApiObject(construct) && Chart.of(construct) === chart;
  const objects = constructs.filter(isOwn);
  // stamping has carried all dependencies over to the objects; cdk8s adds those on a chart inside of this one
  const target = targetOf(chart) as Target;
  if (objects.every(({ node }) => node.dependencies.every((each) => isElsewhere(target, each)))) return objects;
  return new DependencyGraph(chart.node).topology().filter(isOwn);
}

/** What validations find, but for the target's own: that looks at the objects, and they are about to be looked at. */
function validated(target: Target, constructs: readonly IConstruct[]): { path: string; text: string }[] {
  target.isRendering = true;
  try {
    return constructs.flatMap(({ node }) => node.validate().map((text) => ({ path: node.path, text })));
  } finally {
    target.isRendering = false;
  }
}
