import { byName } from '../../../src/core/private/by-name';
import { VERSION } from '../../../src/core/private/keys';
import { CommandError, ExitCode } from '../../plan/command-error';
import {
  type Component,
  type ComponentPair,
  componentOf,
  componentPairs,
  isComponent,
} from '../../plan/instance/upgrade/running';
import { stepTroubles } from '../../plan/instance/upgrade/steps';
import type { Preparation } from '../preparation';
import type { Survey } from '../survey';

/** The components of an instance: those of the host beside those of the code, and those that go. */
export function componentsOn({ objects, sets }: Survey): ComponentPair[] {
  const leaving = [...sets.values()].flatMap(({ leaving }) => leaving);
  const going = leaving.flatMap(({ live, planned }): { live: Component }[] => {
    const whole = { kind: planned.key.kind, ...live };
    return planned.action === 'prune' && isComponent(whole) ? [{ live: componentOf(whole) }] : [];
  });
  const name = ({ live, desired }: ComponentPair) => (live ?? desired)?.name ?? '';
  return [...componentPairs([...objects.values()]), ...going].sort((a, b) => byName(name(a), name(b)));
}

/** Karmada's version that the record of the instance says was applied last. */
export function recordedVersion({ sets }: Survey): string | undefined {
  return [...sets.values()].map(({ live }) => live?.metadata?.annotations?.[VERSION]).find(Boolean);
}

/** Throws when what runs on a host cannot become what the code says in one step. */
export function refuseSteps(survey: Survey): void {
  const { server } = survey;
  if (server.plane !== 'host') return;
  const found = stepTroubles(componentsOn(survey), `host: ${server.name ?? server.url}`);
  if (found.length) throw new CommandError(ExitCode.CONFLICT, found);
}

/** Everything that an upgrade is judged by; undefined while the host was not looked at. */
export function hostSurvey({ surveys }: Preparation): Survey | undefined {
  return surveys.get('host');
}
