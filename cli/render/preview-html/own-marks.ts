/** Annotation of Karmada that says in which namespace of its own the work for a cluster stands. */
export const NAMESPACE = 'work.karmada.io/namespace';

/** Its value; the star is the name of the cluster. */
export const PLACE = 'karmada-es-*';

/** Is it a label or annotation by which Karmada keeps its own record? */
export function isOwnMark(name: string): boolean {
  return /(^|\.)karmada\.io\//.test(name);
}
