/** What to change in an image; at least one part of it. Parts that are not given stay as they are. */
export interface ImageOverrider {
  /**
   * Name of the container or init container.
   *
   * @default - every container, but no init container
   */
  readonly container?: string;

  /**
   * Whether init containers get it too, where `container` is not given.
   *
   * @default false
   */
  readonly includeInitContainers?: boolean;

  /**
   * Registry, such as `mirror.example:5000`.
   *
   * @default - unchanged
   */
  readonly registry?: string;

  /**
   * Repository, such as `shop/web`, without registry and tag.
   *
   * @default - unchanged
   */
  readonly repository?: string;

  /**
   * Tag, such as `1.4.1`. It replaces a digest too.
   *
   * @default - unchanged
   */
  readonly tag?: string;

  /**
   * Digest, such as `sha256:…`. It replaces a tag too.
   *
   * @default - unchanged
   */
  readonly digest?: string;
}
