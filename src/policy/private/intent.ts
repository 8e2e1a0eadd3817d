import type { WorkingCopy } from './working-copy';

/** What an overrider does to a template, by name. What cannot be done becomes a trouble of the copy. */
export type Intent = (copy: WorkingCopy) => void;
