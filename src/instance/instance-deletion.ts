/** What happens to the Karmada control plane when its instance leaves the code, or is destroyed. */
export enum InstanceDeletion {
  /** The control plane is released together with the instance. */
  RELEASE_KARMADA = 'release',
  /** The control plane goes on running, and is no longer looked after: releasing it is up to you. */
  RETAIN_KARMADA = 'retain',
}
