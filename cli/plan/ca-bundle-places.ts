/** The fields that hold a `caBundle`, as paths of jq: filled in on the server, and in no output. */
export const CA_BUNDLES = [
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    path: '.spec.conversion.webhook.clientConfig.caBundle',
  },
  { group: 'apiregistration.k8s.io', kind: 'APIService', path: '.spec.caBundle' },
  {
    group: 'admissionregistration.k8s.io',
    kind: 'MutatingWebhookConfiguration',
    path: '.webhooks[].clientConfig.caBundle',
  },
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    path: '.webhooks[].clientConfig.caBundle',
  },
] as const;

/** The objects inside a manifest that hold a `caBundle`, where its kind has such. */
export function caBundlePlaces(manifest: any): any[] {
  const field = CA_BUNDLES.find(({ kind }) => kind === manifest.kind);
  if (!field) return [];
  const steps = field.path.replaceAll('[]', '').split('.').slice(1, -1);
  return steps.reduce((holders, step) => holders.flatMap((each) => each[step] ?? []), [manifest]);
}
