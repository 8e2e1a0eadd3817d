import { groupOf, type ObjectKey } from '../../src/core/object-key';

/** The names by which a server says who denied a request: of an admission policy, or of the webhooks of a configuration. */
export function deniersIn(key: ObjectKey, manifest: any): string[] {
  if (groupOf(key.apiVersion) !== 'admissionregistration.k8s.io') return [];
  if (key.kind.endsWith('WebhookConfiguration')) return (manifest.webhooks ?? []).map(({ name }: any) => name);
  const policy = key.kind.endsWith('Binding') ? manifest.spec?.policyName : key.name;
  return policy ? [policy] : [];
}

/** Who denied a request, by the words of the server. */
export function denierOf(words: string): string | undefined {
  const match = /AdmissionPolicy '([^']+)'|admission webhook "([^"]+)" denied/.exec(words);
  return match?.[1] ?? match?.[2];
}
