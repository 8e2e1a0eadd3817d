import type { ApiObject } from 'cdk8s';
import { peekAt } from '../../core/private/plain-object';
import type { Trouble } from '../../core/private/trouble';

/** What of an object its policies look at. */
export interface Selectable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: { readonly [key: string]: string };
}

/** A policy among the objects of a group. */
export class RawPolicy {
  public static among(objects: readonly ApiObject[], chartNamespace: string | undefined): RawPolicy[] {
    return objects
      .filter(({ apiVersion, kind }) => apiVersion.startsWith('policy.karmada.io/') && KINDS.has(kind))
      .map((object) => new RawPolicy(object, chartNamespace));
  }

  /** Whether what it selects goes out with it. */
  public readonly sends: boolean;
  private readonly selectors: readonly any[];
  private readonly namespace?: string;

  private constructor(
    private readonly object: ApiObject,
    chartNamespace: string | undefined,
  ) {
    const { spec } = peekAt(object);
    this.sends = object.kind.endsWith('PropagationPolicy');
    this.selectors = spec?.resourceSelectors ?? [];
    this.namespace = object.kind.startsWith('Cluster') ? undefined : (object.metadata.namespace ?? chartNamespace);
  }

  public selects(object: Selectable): boolean {
    return this.selectors.some((selector) => matches({ namespace: this.namespace, ...selector }, object));
  }

  /** What is wrong with it when it stands in one text with the objects that it is for. */
  public troubles(objects: readonly Selectable[]): Trouble[] {
    const { kind, name } = this.object;
    return this.selectors
      .filter((selector) => !objects.some((object) => matches({ namespace: this.namespace, ...selector }, object)))
      .map((selector) => ({
        what: `${kind} ${name} selects ${selector.apiVersion} ${selector.kind}${selector.name ? ` ${selector.name}` : ''}, and the text has no such object`,
        fix: 'correct apiVersion, kind, namespace and name in its `resourceSelectors`, or add the object',
      }));
  }
}

const KINDS = new Set(['PropagationPolicy', 'ClusterPropagationPolicy', 'OverridePolicy', 'ClusterOverridePolicy']);

/** Mirrors pkg/util/selector.go at v1.18.2. */
function matches(selector: any, { apiVersion, kind, name, namespace, labels }: Selectable): boolean {
  if (selector.apiVersion !== apiVersion || selector.kind !== kind) return false;
  if (selector.namespace && selector.namespace !== namespace) return false;
  if (selector.name) return selector.name === name;
  const { matchLabels = {}, matchExpressions = [] } = selector.labelSelector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression: any) => holds(expression, labels[expression.key]))
  );
}

function holds({ operator, values = [] }: any, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}
