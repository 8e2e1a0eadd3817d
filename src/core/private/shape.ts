/** What the command strips: the server never gets to see it. */
const STRIPPED =
  /"(?:cdk8s-karmada\.io\/(?:path|wave|acknowledged)|config\.kubernetes\.io\/depends-on)":"(?:[^"\\]|\\.)*"/g;

/** A name that every rule of Kubernetes and Karmada takes, whatever it is the name of, as long as it is not too long. */
const NAME = /"name":"([a-z](?:-?[a-z0-9])*)"/g;

/** The longest names of ports, and of member clusters: all others may be longer. */
const LONGEST = [15, 48];

/**
 * All of a manifest that a server may have something to say about. Its rules look at what names look like and at whether two are
 * the same, never at what a thing is called: so objects that differ only in good names have one shape.
 */
export function shapeOf(manifest: any): string {
  const names: string[] = [];
  const masked = (whole: string, name: string) => {
    const longest = LONGEST.find((limit) => name.length <= limit);
    if (!longest) return whole;
    if (!names.includes(name)) names.push(name);
    return `"name":${names.indexOf(name)}<${longest}`;
  };
  return JSON.stringify(manifest).replace(STRIPPED, '').replace(NAME, masked);
}
