import { type Finding, FindingLevel } from '../core/finding';
import { CRDS } from '../core/private/keys';

/** What the record of an instance's Karmada says when nobody chose where the definitions of its kinds come from. */
export const CRDS_BY_DEFAULT = 'default';

/** What there is to say about where the definitions of Karmada's kinds come from. */
export function crdFindings(manifest: any): Finding[] {
  if (manifest.metadata.annotations?.[CRDS] !== CRDS_BY_DEFAULT) return [];
  return [
    {
      code: 'MC107',
      level: FindingLevel.WARNING,
      path: `metadata.annotations[${CRDS}]`,
      message: "Karmada's own kinds are as this library renders them, without the words of the release",
      fix: 'give `crds` of the instance CrdSource.release with its SHA-256, or CrdSource.rendered() when this is what you want',
    },
  ];
}
