import type { Context } from './context';
export async function validate(_options: any, _context: Context): Promise<number> {
  return 1;
}
