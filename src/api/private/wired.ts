/** Names on the wire of properties that are called otherwise here, as a tree along the object. */
export interface WireNames {
  readonly [property: string]: string | WireNames;
}

/** A copy of a manifest with the names that the API server knows: jsii allows `clientIp`, Kubernetes says `clientIP`. */
export function wired(value: any, names: WireNames): any {
  if (Array.isArray(value)) return value.map((item) => wired(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([property, inner]) => {
      const name = names[property];
      return typeof name === 'string' ? [name, inner] : [property, name ? wired(inner, name) : inner];
    }),
  );
}
