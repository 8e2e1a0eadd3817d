import * as codes from '../codes';
import { luaFault } from '../lua';
import type { Review } from '../review';

/**
 * checkCustomizationsRule of pkg/webhook/resourceinterpretercustomization/helper.go at v1.18.2, for each script and not the
 * first alone. Which names a script defines is Karmada's to find out when it runs it.
 */
export function validateResourceInterpreterCustomization({ spec, assumptions, refusals }: Review): void {
  const withGoto = assumptions.version._has('v1.18');
  for (const [rule, customization] of Object.entries<any>(spec.customizations)) {
    const script: string = customization?.luaScript ?? '';
    const fault = script && luaFault(script, withGoto);
    if (!fault) continue;
    refusals.add(
      codes.MALFORMED,
      `spec.customizations.${rule}.luaScript`,
      `luaScript does not compile: ${fault}`,
      'correct the script: Karmada runs Lua 5.1',
    );
  }
}
