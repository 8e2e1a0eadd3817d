/** Characters of JSON that each part of the page may take, so that a browser opens the page of any fleet at once. */
export const LIMITS = {
  resources: 8_000_000,
  reasons: 2_000_000,
  manifests: 6_000_000,
  findings: 500_000,
  /** Of one sentence. */
  sentence: 1_000,
};

/** Counts what a part takes. */
export class Room {
  /** Things for which there was no room. */
  public leftOut = 0;

  constructor(private left: number) {}

  /** Takes the room of a thing, if there is as much. */
  public take(size: number): boolean {
    if (size > this.left) {
      this.leftOut += 1;
      return false;
    }
    this.left -= size;
    return true;
  }
}
