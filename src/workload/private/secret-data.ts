import type { Trouble } from '../../core/private/trouble';

/** What is wrong with a manifest that holds a secret in plain sight: whoever reads the output, or its history, has it. */
export function literalSecretTroubles(manifest: any): Trouble[] {
  if (!isSecret(manifest)) return [];
  return ['data', 'stringData']
    .filter((field) => Object.keys(manifest[field] ?? {}).length > 0)
    .map((field) => ({
      what: `Secret ${manifest.metadata?.name} has values in \`${field}\`, and everybody who reads the output would read them`,
      fix: 'make a MulticloudSecret, whose SecretSource says where the values are when they are applied',
    }));
}

/** Whether a manifest is a Secret of Kubernetes. */
export function isSecret({ apiVersion, kind }: any): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}
