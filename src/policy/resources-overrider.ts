import type { ContainerChoice } from './container-choice';

/** Requests and limits to set, at least one. Those that are not named stay as they are. */
export interface ResourcesOverrider extends ContainerChoice {
  /**
   * What is kept for the container, by name of the resource, as Kubernetes quantities: `{ cpu: '500m', memory: '1Gi' }`.
   *
   * @default - unchanged
   */
  readonly requests?: { [name: string]: string };

  /**
   * The most that the container may use, by name of the resource, as Kubernetes quantities.
   *
   * @default - unchanged
   */
  readonly limits?: { [name: string]: string };
}
