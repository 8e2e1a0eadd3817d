import { COMPONENTS, FLAGS } from './control-plane-flags';

/** What the command lines of an instance say, in the words of `--assume`. */
export function assumptionsOf(host: readonly any[]): string[] {
  return host.flatMap((object) =>
    (object.spec?.template?.spec?.containers ?? []).flatMap((container: any) => {
      const words: readonly string[] = [...(container.command ?? []), ...(container.args ?? [])];
      const component = COMPONENTS.find((each) => words[0]?.endsWith(`/karmada-${each}`));
      if (component === undefined) return [];
      return words.flatMap((word) => {
        const [, flag, value] = /^--([a-z-]+)=(.*)$/s.exec(word) ?? [];
        const known = flag === 'feature-gates' || FLAGS[flag ?? '']?.components.includes(component);
        return known ? [`${component}.${flag}=${value}`] : [];
      });
    }),
  );
}
