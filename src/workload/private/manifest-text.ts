import { groupOf } from '../../core/object-key';
import { readYaml } from '../../core/private/kubernetes-yaml';
import type { Trouble } from '../../core/private/trouble';
import { twice } from './unless';

/** Kubernetes objects in a text, and what is wrong with it. */
export interface ManifestText {
  readonly manifests: readonly any[];
  readonly troubles: readonly Trouble[];
}

/**
 * The objects of a text: those of its documents, and those in lists, as kubectl prints them.
 *
 * @param text YAML or JSON
 * @param prop the prop that it was given in, for messages
 */
export function manifestsIn(text: string, prop: string): ManifestText {
  const { documents, fault } = readYaml(text);
  if (fault) {
    const where = fault.line === undefined ? '' : ` (line ${fault.line}, column ${fault.column})`;
    return {
      manifests: [],
      troubles: [
        { what: `${prop} is not YAML${where}: ${fault.reason}`, fix: 'give Kubernetes objects as YAML or JSON' },
      ],
    };
  }
  const manifests = documents.flatMap(itemsOf).filter((item) => item !== null);
  const found = manifests.flatMap((manifest, index) => {
    const missing = missingIn(manifest);
    if (missing.length === 0) return [];
    return [
      {
        what: `object ${index + 1} in ${prop} is none of Kubernetes: it has no ${missing.join(', no ')}`,
        fix: 'give each apiVersion, kind and metadata.name',
      },
    ];
  });
  return { manifests, troubles: found };
}

/** What is wrong with objects that are there more than once. */
export function repeatedTroubles(manifests: readonly any[], prop: string, chartNamespace?: string): Trouble[] {
  const keys = manifests.map(({ apiVersion, kind, metadata }) =>
    [groupOf(apiVersion), kind, metadata.namespace ?? chartNamespace, metadata.name].join('/'),
  );
  return twice(keys).map((key) => {
    const { kind, metadata } = manifests[keys.indexOf(key)];
    return { what: `${prop} holds ${kind} "${metadata.name}" more than once`, fix: 'give each object once' };
  });
}

function itemsOf(document: any): any[] {
  return document?.kind?.endsWith?.('List') && Array.isArray(document.items) ? document.items : [document];
}

/** What a value lacks to be an object of Kubernetes. */
export function missingIn(manifest: any): string[] {
  const isText = (value: any) => typeof value === 'string' && value !== '';
  return [
    ...(isText(manifest?.apiVersion) ? [] : ['apiVersion']),
    ...(isText(manifest?.kind) ? [] : ['kind']),
    ...(isText(manifest?.metadata?.name) ? [] : ['metadata.name']),
  ];
}
