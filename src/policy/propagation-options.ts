import type { Placement } from './placement';

/** How something is sent out: what every policy and everything that makes one can be told. */
export interface PropagationOptions {
  /**
   * Where it goes.
   *
   * @default Placement.duplicated()
   */
  readonly placement?: Placement;

  /**
   * Whether what the objects refer to goes along (`propagateDeps`): ConfigMaps, Secrets, service accounts, volume claims.
   * Services do not.
   *
   * @default - true for what makes its own policy, such as `MulticloudDeployment`; false for `PropagationPolicy`
   */
  readonly autoPropagate?: boolean;
}
