import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Target, targetOf } from './target-registry';
import type { Trouble } from './trouble';

/** What is wrong with objects that a construct refers to: those that go to another server, where it will not find them. */
export function strayTroubles(from: IConstruct, objects: readonly (ApiObject | undefined)[]): Trouble[] {
  const own = targetOf(from);
  if (!own) return [];
  return objects.flatMap((object) => {
    const other = object && targetOf(object);
    if (!other || isSame(own, other)) return [];
    return [
      {
        what: `${object.kind} (${object.node.path}) goes to ${inWords(other)}, and what refers to it goes to ${inWords(own)}`,
        fix: `give an object of a chart that goes to ${inWords(own)}`,
      },
    ];
  });
}

function isSame(one: Target, other: Target): boolean {
  if (one.chart === other.chart) return true;
  return (
    one.server === other.server &&
    one.instanceName === other.instanceName &&
    one.chart.node.root === other.chart.node.root
  );
}

function inWords({ server, instanceName }: Target): string {
  return `${server === 'host' ? 'the host cluster' : 'the Karmada'} of instance "${instanceName}"`;
}
