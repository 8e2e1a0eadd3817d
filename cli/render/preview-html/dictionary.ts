/** A list in which everything stands once: the place of a thing is said instead of it. */
export class Dictionary<Item> {
  public readonly items: Item[] = [];
  private readonly places = new Map<string, number>();
  /** Characters of it as JSON, about. */
  public size = 0;

  /** The place of a thing that is the same as this one. */
  public place(item: Item): number {
    const key = typeof item === 'string' ? item : JSON.stringify(item);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.items.length);
    this.size += key.length + 3;
    return this.items.push(item) - 1;
  }
}
