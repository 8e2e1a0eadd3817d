import { KarmadaVersion } from '../core/karmada-version';
import { COMPONENTS, FLAGS, gatesOf } from './control-plane-flags';

/**
 * What the command lines of an instance say, in the words of `--assume`. Feature gates that are in no table are left out: a
 * later release may have brought them, and some components take those of Kubernetes too.
 */
export function assumptionsOf(host: readonly any[], version: KarmadaVersion = KarmadaVersion.V1_18): string[] {
  const gates = ['AllAlpha', 'AllBeta', ...Object.keys(gatesOf(version))];
  return host.flatMap((object) =>
    (object.spec?.template?.spec?.containers ?? []).flatMap((container: any) => {
      const words: readonly string[] = [...(container.command ?? []), ...(container.args ?? [])];
      const component = COMPONENTS.find((each) => words[0]?.endsWith(`/karmada-${each}`));
      if (component === undefined) return [];
      return words.flatMap((word) => {
        const [, flag, value] = /^--([a-z-]+)=(.*)$/s.exec(word) ?? [];
        if (flag === 'feature-gates') {
          const known = value.split(',').filter((each) => gates.includes(each.split('=')[0].trim()));
          return known.length ? [`${component}.${flag}=${known.join(',')}`] : [];
        }
        return FLAGS[flag ?? '']?.components.includes(component) ? [`${component}.${flag}=${value}`] : [];
      });
    }),
  );
}
