import type { IConstruct } from 'constructs';
import { type Trouble, troubleText } from './trouble';

/** Has synth fail when a check finds something; all that all checks found is reported at once. */
export function addCheck(construct: IConstruct, check: () => readonly Trouble[]): void {
  construct.node.addValidation({ validate: () => check().map(nested) });
}

/** What cdk8s throws for what validations found. */
export function validationError(found: readonly { readonly path: string; readonly text: string }[]): Error {
  const lines = found.map(({ path, text }) => `[${path}] ${text}`);
  return new Error(`Validation failed with the following errors:\n  ${lines.join('\n  ')}`);
}

/** An item of that error has its path in front and two spaces before it; what belongs to the item goes in further. */
export function nested(trouble: Trouble): string {
  return troubleText(trouble).split('\n').join('\n  ');
}
