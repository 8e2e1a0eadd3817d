import type { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Finding } from '../finding';
import type { Advice } from './advice';
import type { Trouble } from './trouble';

/** What a chart's output is for. */
export interface Target {
  readonly chart: Chart;
  /** The server that it goes to. */
  readonly server: 'host' | 'karmada';
  readonly instanceName: string;
  /** The ApplySet parent of its output. */
  readonly parent: { readonly name: string; readonly namespace: string };
  /** The wave of objects that carry none. */
  readonly wave: number;
  /** What the server would say to an object. */
  readonly admit: (manifest: any) => Finding[];
  /** What is doubtful in the objects that go to the same server, those of other charts too. Left out where nothing is. */
  readonly advise?: (manifests: readonly any[]) => Advice[];
  /** What is wrong with the target, and with objects of it that were stamped and rendered. */
  readonly review: (manifests: readonly any[]) => Trouble[];
  /** Whether its objects are about to be reviewed as they are rendered, so that validating the chart need not do it. */
  isRendering: boolean;
}

const BY_CHART = new WeakMap<IConstruct, Target>();
const BY_APP = new WeakMap<IConstruct, Target[]>();

export function register(target: Target): void {
  const { root } = target.chart.node;
  BY_CHART.set(target.chart, target);
  BY_APP.set(root, [...(BY_APP.get(root) ?? []), target]);
}

/** The target that a construct belongs to: that of the closest chart of ours around it. */
export function targetOf(construct: IConstruct): Target | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope) {
    const target = BY_CHART.get(scope);
    if (target) return target;
    scope = scope.node.scope;
  }
  return undefined;
}

/** All targets of the app that a construct is in. */
export function targetsOf(construct: IConstruct): readonly Target[] {
  return BY_APP.get(construct.node.root) ?? [];
}

/** Whether a construct belongs to another target, with all that is below it. */
export function isElsewhere(target: Target, construct: IConstruct): boolean {
  const other = targetOf(construct);
  return other !== undefined && other !== target;
}

/** The construct and all that is below it, without what belongs to another target. */
export function within(target: Target, construct: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  const visit = (next: IConstruct) => {
    const other = BY_CHART.get(next);
    if (other && other !== target) return;
    found.push(next);
    next.node.children.forEach(visit);
  };
  visit(construct);
  return found;
}
