/** Which container an overrider is for. */
export interface ContainerChoice {
  /**
   * Name of the container or init container.
   *
   * @default - the only container; where there are several, it has to be named
   */
  readonly container?: string;
}
