import type { IConstruct } from 'constructs';

const SENT = new WeakSet<IConstruct>();

/** Says that an object goes out with policies of its own. */
export function markSent(object: IConstruct): void {
  SENT.add(object);
}

/** Whether an object goes out with policies of its own. */
export function isSent(object: IConstruct): boolean {
  return SENT.has(object);
}
