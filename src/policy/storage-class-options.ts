/** Options of `Overrider.storageClass`. */
export interface StorageClassOptions {
  /**
   * Name of the claim template of a StatefulSet.
   *
   * @default - the only one; where there are several, it has to be named
   */
  readonly claimTemplate?: string;
}
