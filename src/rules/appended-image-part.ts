import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { OVERRIDE } from './kinds';
import { overrideRulesOf } from './overrides';
import { containersOf } from './pods';
import { entries } from './read';
import type { Doubt, InputRule } from './rule';

/** The part of an image that an overrider names, as pkg/util/imageparser splits it; empty when the image has none. */
function partOf(image: string, component: string): string {
  const [, host = '', rest] = /^(?:([^/]*[.:][^/]*|localhost)\/)?(.*)$/s.exec(image) ?? [];
  const [, repository, tag, digest] = /^(.*?)(?::([^:@/]+))?(?:@(.*))?$/s.exec(rest) ?? [];
  return { Registry: host, Repository: repository, Tag: tag ?? digest ?? '' }[component] ?? '';
}

export const APPENDED_IMAGE_PART: InputRule = {
  code: 'MC076',
  level: FindingLevel.WARNING,
  title: 'a part of an image that is appended',
  why: 'The operator add of an imageOverrider writes its value behind the registry, repository or tag that is there: adding the tag "2" to "web:1" runs "web:12".',
  fix: 'use the operator replace',
  see: 'pkg/util/overridemanager/imageoverride.go at v1.18.2',
  check: (objects) =>
    OVERRIDE.flatMap((kind) => objects.ofKind(kind)).flatMap((override) =>
      overrideRulesOf(override).flatMap(({ overriders, path }) =>
        entries(overriders.imageOverrider).flatMap(({ item, index }): Doubt[] => {
          const { component, operator, value } = item;
          if (operator !== 'add' || item.predicate || /^[-._/]/.test(value)) return []; // a suffix is meant
          for (const template of objects.overriddenBy(override)) {
            const [found] = containersOf(template).flatMap(({ container: { image }, path: at }) =>
              typeof image !== 'string' || at.includes('initContainers') ? [] : [partOf(image, component)],
            );
            if (!found) continue;
            const message = `the ${component.toLowerCase()} of ${keyText(keyOf(template))} is "${found}": adding "${value}" makes it "${found}${value}"`;
            return [{ object: override, path: `${path}overriders.imageOverrider[${index}]`, message }];
          }
          return [];
        }),
      ),
    ),
};
