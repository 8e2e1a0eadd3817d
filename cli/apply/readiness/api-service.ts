import { condition } from './condition';

/** What an APIService still lacks; undefined when the API server behind it answers. */
export function apiServiceLacks(live: any): string | undefined {
  const available = condition(live, 'Available');
  if (available?.status === 'True') return undefined;
  if (!available) return 'nobody has looked for the API server behind it yet';
  return `the API server behind it does not answer: ${available.message ?? available.reason}`;
}
