import { FindingLevel } from '../core/finding';
import { keyOf, keyText } from '../core/object-key';
import { HELM_HOOK_KEY } from '../core/private/keys';
import type { InputRule } from './rule';

export const HELM_HOOK: InputRule = {
  code: 'MC048',
  level: FindingLevel.WARNING,
  title: 'a hook of Helm',
  why: 'Helm applies its hooks before or after it installs, upgrades or deletes a release. What it renders is applied as it stands: Karmada knows no hooks, and neither does cdk8s. A MulticloudGroup leaves hooks out, so they stay on Karmada, where nothing runs them; one that a policy of its own selects goes out at once, and does not run again as long as its name stays the same.',
  fix: 'do what it does in your pipeline, or send it out with a policy of its own and acknowledge this with the reason',
  see: 'https://helm.sh/docs/topics/charts_hooks',
  check: (objects) =>
    objects.templates.flatMap((object) => {
      const hook = object.metadata.annotations?.[HELM_HOOK_KEY];
      if (typeof hook !== 'string' || hook === '') return [];
      const policy = objects.policyOf(object);
      const message = policy
        ? `Helm would apply it at ${hook}, but ${keyText(keyOf(policy))} sends it out at once, as it does everything else`
        : `Helm would apply it at ${hook}, but here it is applied with everything else, and stays on Karmada: no policy selects it`;
      return [{ object, path: `metadata.annotations["${HELM_HOOK_KEY}"]`, message }];
    }),
};
