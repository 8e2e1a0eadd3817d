/** Tries until it gives something; says what is missing when that takes too long. */
export async function eventually<T>(
  missing: () => string,
  attempt: () => T | undefined | Promise<T | undefined>,
  seconds = 60,
): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; ; await pause(100)) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(missing());
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
