/** The images of a manifest's containers, init containers first. */
export function imagesOf(manifest: any): string[] {
  const pod = manifest.spec?.jobTemplate?.spec?.template?.spec ?? manifest.spec?.template?.spec ?? manifest.spec;
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]
    .map(({ image }: any) => image)
    .filter((image) => typeof image === 'string');
}
