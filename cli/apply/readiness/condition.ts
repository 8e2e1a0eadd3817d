/** A condition of an object's status. */
export function condition(live: any, type: string): any {
  return (live?.status?.conditions ?? []).find((each: any) => each.type === type);
}

/** Says so while the status is about an earlier state of the object than the one that was written. */
export function unobserved(live: any): string | undefined {
  const seen = live.status?.observedGeneration;
  // some controllers write the number as text
  if (seen !== undefined && Number(seen) >= live.metadata.generation) return undefined;
  return 'its controller has not looked at it yet';
}
