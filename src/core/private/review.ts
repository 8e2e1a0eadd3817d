import type { ApiObject } from 'cdk8s';
import { type Finding, FindingLevel } from '../finding';
import { keyOf, keyText } from '../object-key';
import { PATH } from './keys';
import { objectsOf } from './stamp';
import type { Target } from './target-registry';
import type { Trouble } from './trouble';

/** What is wrong with the objects of a target, after they were stamped. */
export function reviewed(target: Target): Trouble[] {
  const found: Trouble[] = [];
  const firsts = new Map<string, string>();
  for (const object of objectsOf(target)) {
    const manifest = object.toJson();
    const { path } = object.node;
    const key = keyOf(manifest);
    const unique = `${key.apiVersion} ${keyText(key)}`;
    const first = firsts.get(unique);
    if (first !== undefined) {
      found.push({
        what: `two objects have one name, "${keyText(key)}"`,
        at: `${first} and ${path}`,
        fix: 'give one of the two another name or namespace',
      });
    }
    firsts.set(unique, path);
    if (manifest.metadata.annotations?.[PATH] !== path) {
      found.push({
        what: `a patch took the annotation "${PATH}" away`,
        at: `${path} (${keyText(key)})`,
        fix: 'add annotations with metadata.addAnnotation, or with a patch of one key, never of all annotations',
      });
    }
    for (const finding of target.admit(manifest)) {
      if (finding.level === FindingLevel.ERROR) found.push(asTrouble(finding, object, keyText(key)));
    }
  }
  return found;
}

function asTrouble(finding: Finding, object: ApiObject, key: string): Trouble {
  return { what: finding.message, at: `${object.node.path} (${key}), field ${finding.path}`, fix: finding.fix };
}
