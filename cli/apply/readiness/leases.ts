import type { Chain } from '../../plan/readiness/propagation';
import type { ApiServer } from '../api-server';
import { attempt, type Patience } from '../attempt';

/** Who has to do the next step of a chain. */
const DOER: { readonly [step: string]: string } = {
  NotPropagated: 'karmada-controller-manager',
  Binding: 'karmada-controller-manager',
  Scheduling: 'karmada-scheduler',
  Rendering: 'karmada-controller-manager',
  Applying: 'karmada-controller-manager',
  Status: 'karmada-controller-manager',
};
/** A component that runs renews its lease every few seconds. */
const STALE_MS = 30_000;
const LOOK_MS = 10_000;
const PATH = '/apis/coordination.k8s.io/v1/namespaces/karmada-system/leases';

/** Whether the components that carry a chain forward are there; asked for only where one does not move. */
export class Leases {
  private readonly known = new Map<string, { readonly atMs: number; readonly words: string | undefined }>();

  constructor(
    private readonly server: ApiServer,
    private readonly now: () => number,
    private readonly patience: Patience,
  ) {}

  /** Looks, where it was not looked lately. */
  async look(steps: readonly Chain['step'][]): Promise<void> {
    const doers = new Set(steps.flatMap((step) => (step && DOER[step] ? [DOER[step]] : [])));
    for (const doer of doers) {
      if (this.now() - (this.known.get(doer)?.atMs ?? -LOOK_MS) < LOOK_MS) continue;
      this.known.set(doer, { atMs: this.now(), words: await whyStill(this.server, doer, this.now(), this.patience) });
    }
  }

  /** Why the next step is not done, if that is because nobody is there to do it. */
  cause(step: Chain['step']): string | undefined {
    return step && this.known.get(DOER[step])?.words;
  }
}

/** Why a component does nothing, if its lease says so. */
async function whyStill(
  server: ApiServer,
  component: string,
  nowMs: number,
  patience: Patience,
): Promise<string | undefined> {
  const { status, body } = await attempt(server, { method: 'GET', path: `${PATH}/${component}` }, patience);
  if (status !== 200) return undefined; // its lease may be anywhere
  const ageMs = nowMs - Date.parse(body.spec?.renewTime ?? '');
  return ageMs > STALE_MS ? `${component} does not run: it renewed its lease ${ago(ageMs)} ago` : undefined;
}

/** Those that carry a template to members and do not run, each with how long. */
export async function stillComponents(server: ApiServer, nowMs: number, patience: Patience): Promise<string[]> {
  const components = [...new Set(Object.values(DOER))];
  const found = await Promise.all(components.map((each) => whyStill(server, each, nowMs, patience)));
  return found.filter((why) => why !== undefined);
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
