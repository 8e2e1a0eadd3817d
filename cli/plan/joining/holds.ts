/** Has a live object all that is wanted? What it has besides is the server's, or others'. */
export function holds(live: any, wanted: any): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(live) && live.length === wanted.length && wanted.every((each, i) => holds(live[i], each));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof live !== 'object' || live === null) return false;
    return Object.entries(wanted).every(([key, value]) => holds(live[key], value));
  }
  return live === wanted;
}
