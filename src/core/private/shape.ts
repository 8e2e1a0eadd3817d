/** What the command strips: the server never gets to see it. */
const STRIPPED =
  /"(?:cdk8s-karmada\.io\/(?:path|wave|acknowledged)|config\.kubernetes\.io\/depends-on)":"(?:[^"\\]|\\.)*"/g;

/** A name that every rule of Kubernetes and Karmada takes, whatever it is the name of, as long as it is not too long. */
const NAME = /"name":"([a-z](?:-?[a-z0-9])*)"/g;

/** The override policies that a policy waits for, which it names in a list. */
const NAMES = /"dependentOverrides":\[[^\]]*\]/g;

/** One of them that is a good name. */
const ITEM = /"([a-z](?:-?[a-z0-9])*)"(?=[,\]])/g;

/** The longest names of ports, and of member clusters: all others may be longer. */
const LONGEST = [15, 48];

/**
 * All of a manifest that a server may have something to say about. Its rules look at what names look like and at whether two are
 * the same, never at what a thing is called: so objects that differ only in good names have one shape.
 */
export function shapeOf(manifest: any): string {
  const names: string[] = [];
  const mask = (whole: string, name: string, key: string) => {
    const longest = LONGEST.find((limit) => name.length <= limit);
    if (!longest) return whole;
    if (!names.includes(name)) names.push(name);
    return `${key}${names.indexOf(name)}<${longest}`;
  };
  return JSON.stringify(manifest)
    .replace(STRIPPED, '')
    .replace(NAMES, (list) => list.replace(ITEM, (whole, name) => mask(whole, name, '')))
    .replace(NAME, (whole, name) => mask(whole, name, '"name":'));
}
