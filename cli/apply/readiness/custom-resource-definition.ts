import { condition } from './condition';

/** What a CustomResourceDefinition still lacks; undefined when objects of its kind can be written. */
export function definitionLacks(live: any): string | undefined {
  const clash = namesClash(live);
  if (clash) return clash;
  const established = condition(live, 'Established');
  if (established?.status === 'True' && condition(live, 'NamesAccepted')?.status === 'True') return undefined;
  return 'it is not established yet';
}

/** Another definition has its names. */
function namesClash(live: any): string | undefined {
  const accepted = condition(live, 'NamesAccepted');
  return accepted?.status === 'False' ? `its names are taken: ${accepted.message ?? accepted.reason}` : undefined;
}
