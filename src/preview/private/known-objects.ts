import { keyText } from '../../core/object-key';
import { apiKey } from './cluster';
import type { Decision } from './decide';
import { flatten } from './input';
import { resourceText } from './uids';

/** What a resource refers to and the input does not hold. */
export function missing({ key: { namespace }, refersTo }: Decision, own: () => ReadonlySet<string>): string[] {
  return refersTo.flatMap(({ apiVersion, kind, name }) =>
    name === undefined || own().has(resourceText({ apiVersion, kind, namespace, name }))
      ? []
      : [keyText({ apiVersion, kind, namespace, name })],
  );
}

export function bindingsByResource(bindings: readonly any[]): ReadonlyMap<string, any> {
  const known = flatten(bindings).filter((each) => each.spec?.resource);
  return new Map(
    known.map((binding) => {
      const { apiVersion, kind, name, namespace = binding.metadata.namespace ?? '' } = binding.spec.resource;
      return [resourceText({ apiVersion, kind, namespace, name }), binding];
    }),
  );
}

/** The kinds whose objects somebody else's code interprets: a script on Karmada, or a webhook beside it. */
export function customizedKinds(objects: readonly any[]): ReadonlySet<string> {
  const scripts = objects.filter(({ kind }) => kind === 'ResourceInterpreterCustomization');
  const rules = objects
    .filter(({ kind }) => kind === 'ResourceInterpreterWebhookConfiguration')
    .flatMap(({ webhooks }) => (webhooks ?? []).flatMap((webhook: any) => webhook.rules ?? []));
  const isAsked = ({ apiVersion, kind }: any) => rules.some((rule) => asksAbout(rule, apiVersion, kind));
  return new Set([
    ...scripts.map(({ spec }) => apiKey(spec?.target?.apiVersion, spec?.target?.kind)),
    ...(rules.length > 0 ? objects.filter(isAsked).map(({ apiVersion, kind }) => apiKey(apiVersion, kind)) : []),
  ]);
}

/** What an interpreter may answer that a placement depends on. */
const DECIDING = ['*', 'InterpretReplica', 'InterpretComponent', 'InterpretDependency', 'ReviseReplica'];

function asksAbout({ apiGroups, apiVersions, kinds, operations }: any, apiVersion: string, kind: string): boolean {
  const [version, group = ''] = apiVersion.split('/').reverse();
  const takes = (list: readonly string[] | undefined, value: string) => list?.includes('*') || list?.includes(value);
  const decides = (operations ?? []).some((each: string) => DECIDING.includes(each));
  return Boolean(decides && takes(apiGroups, group) && takes(apiVersions, version) && takes(kinds, kind));
}
