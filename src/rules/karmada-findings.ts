import { type Finding, FindingLevel } from '../core/finding';
import { CRDS, PULL_MODE } from '../core/private/keys';

/** What the record of an instance's Karmada says when nobody chose where the definitions of its kinds come from. */
export const CRDS_BY_DEFAULT = 'default';

/** What there is to say about how an instance's Karmada is set up, which the record of its chart knows. */
export function karmadaFindings(record: any): Finding[] {
  const { [CRDS]: crds, [PULL_MODE]: pullMode } = record.metadata.annotations ?? {};
  return [...(crds === CRDS_BY_DEFAULT ? [RENDERED] : []), ...(pullMode === 'autoApproved' ? [APPROVED] : [])];
}

const RENDERED: Finding = {
  code: 'MC107',
  level: FindingLevel.WARNING,
  path: `metadata.annotations[${CRDS}]`,
  message: "Karmada's own kinds are as this library renders them, without the words of the release",
  fix: 'give `crds` of the instance CrdSource.release with its SHA-256, or CrdSource.rendered() when this is what you want',
};

const APPROVED: Finding = {
  code: 'MC108',
  level: FindingLevel.WARNING,
  path: `metadata.annotations[${PULL_MODE}]`,
  message: 'whoever holds a bootstrap token gets the certificate of any agent, those of other members too',
  fix: 'use PullMode.requested, so that a person approves each, or PullMode.joined',
};
