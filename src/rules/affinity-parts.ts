import { entries, quoted, record, texts } from './read';

/** A part of an affinity that asks for something, with its path. */
interface AffinityPart {
  readonly affinity: any;
  readonly path: string;
  readonly words: string;
}

/** What an affinity asks of clusters beside their names, one by one. */
export function partsOf({ labelSelector, fieldSelector }: any, path: string): AffinityPart[] {
  const expressions = (selector: any, at: string) =>
    entries(record(selector).matchExpressions).map(({ item, index }) => ({
      affinity: { [at]: { matchExpressions: [item] } },
      path: `${path}.${at}.matchExpressions[${index}]`,
      words: [item.key, item.operator, quoted(texts(item.values))].join(' ').trim(),
    }));
  return [
    ...Object.entries(record(record(labelSelector).matchLabels)).map(([key, value]) => ({
      affinity: { labelSelector: { matchLabels: { [key]: value } } },
      path: `${path}.labelSelector.matchLabels["${key}"]`,
      words: `${key} "${value}"`,
    })),
    ...expressions(labelSelector, 'labelSelector'),
    ...expressions(fieldSelector, 'fieldSelector'),
  ];
}
