/** What `Overrider.patch` does at a place. */
export enum PatchOperator {
  /** Adds a member to a map or an element to a list; `-` as the index is the end of the list. */
  ADD = 'add',
  /** Puts a value in place of the one that is there. */
  REPLACE = 'replace',
  /** Takes what is there away. */
  REMOVE = 'remove',
}
