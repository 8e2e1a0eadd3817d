import { type Finding, FindingLevel } from '../core/finding';
import * as codes from './codes';

/**
 * What Karmada checks in an object that it would take and this review does not: the Lua of interpreter customizations, which
 * pkg/webhook/resourceinterpretercustomization (v1.18.2) compiles.
 */
export function unchecked(stored: any): Finding[] {
  if (stored?.kind !== 'ResourceInterpreterCustomization') return [];
  const rules: { readonly [name: string]: any } = stored.spec?.customizations ?? {};
  return Object.keys(rules)
    .filter((rule) => rules[rule]?.luaScript !== undefined)
    .map((rule) => ({
      code: codes.NOT_CHECKED,
      level: FindingLevel.WARNING,
      path: `spec.customizations.${rule}.luaScript`,
      message: 'this Lua script is not checked here; Karmada refuses one that does not compile',
      fix: 'compile it with Lua 5.1 (luac -p) before you apply it',
    }));
}
