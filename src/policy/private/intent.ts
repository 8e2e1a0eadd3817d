/** What an override is to do, in the user's words, before there is a template to find the place in. */
export type Intent = ImageIntent | EnvIntent | MetadataIntent;

export interface ImageIntent {
  readonly of: 'image';
  readonly container?: string;
  /** Karmada's component of an image to its new text. */
  readonly components: readonly { readonly component: 'Registry' | 'Repository' | 'Tag'; readonly value: string }[];
}

export interface EnvIntent {
  readonly of: 'env';
  readonly container?: string;
  readonly name: string;
  /** Left out to remove the variable. */
  readonly value?: string;
}

export interface MetadataIntent {
  readonly of: 'labels' | 'annotations';
  readonly key: string;
  /** Left out to remove the key. */
  readonly value?: string;
}
