/** A rule of Karmada that this preview does not know: the resource is reported, its placement is never guessed. */
export class Unsupported extends Error {
  constructor(readonly what: string) {
    super(what);
  }
}
