import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { targetOf } from './target-registry';
import { type Trouble, troubleText } from './trouble';

/** The chart that is being rendered on its own, so that nothing else has to be checked for it. */
let rendered: Chart | undefined;

/** Has synth fail when a check finds something; cdk8s reports what all of them found at once. */
export function addCheck(construct: IConstruct, check: () => readonly Trouble[]): void {
  construct.node.addValidation({ validate: () => (isElsewhere(construct) ? [] : check().map(nested)) });
}

/**
 * Renders a chart and checks that chart only, its objects in the form that they are rendered in. cdk8s checks the whole app once
 * for the app and again for each chart, which is quadratic: a chart of ours overrides `toJson` with this.
 *
 * @throws as cdk8s does, when something is wrong
 */
export function renderAlone(chart: Chart, render: () => any[]): any[] {
  const before = rendered;
  rendered = chart;
  try {
    const manifests = render();
    const found = targetOf(chart)?.review(manifests) ?? [];
    if (found.length === 0) return manifests;
    const lines = found.map((trouble) => `[${chart.node.path}] ${nested(trouble)}`);
    throw new Error(`Validation failed with the following errors:\n  ${lines.join('\n  ')}`);
  } finally {
    rendered = before;
  }
}

/** Whether the chart is being rendered, so that its objects are checked when they are. */
export function isRendered(chart: Chart): boolean {
  return rendered === chart;
}

function isElsewhere(construct: IConstruct): boolean {
  return rendered !== undefined && targetOf(construct)?.chart !== rendered;
}

/** cdk8s prints an item with its path in front and two spaces before it; what belongs to the item goes in further. */
function nested(trouble: Trouble): string {
  return troubleText(trouble).split('\n').join('\n  ');
}
