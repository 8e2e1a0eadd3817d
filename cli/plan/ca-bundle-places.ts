/** The objects inside a manifest that hold a `caBundle`, where its kind has such. */
export function caBundlePlaces(manifest: any): any[] {
  switch (manifest.kind) {
    case 'CustomResourceDefinition':
      return [manifest.spec?.conversion?.webhook?.clientConfig ?? []].flat();
    case 'APIService':
      return [manifest.spec ?? []].flat();
    case 'MutatingWebhookConfiguration':
    case 'ValidatingWebhookConfiguration':
      return (manifest.webhooks ?? []).flatMap((webhook: any) => webhook.clientConfig ?? []);
    default:
      return [];
  }
}
