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
      this.known.set(doer, { atMs: this.now(), words: await this.ask(doer) });
    }
  }

  /** Why the next step is not done, if that is because nobody is there to do it. */
  cause(step: Chain['step']): string | undefined {
    return step && this.known.get(DOER[step])?.words;
  }

  private async ask(doer: string): Promise<string | undefined> {
    const response = await attempt(this.server, { method: 'GET', path: `${PATH}/${doer}` }, this.patience);
    if (response.status !== 200) return undefined; // its lease may be anywhere
    const renewed = Date.parse(response.body.spec?.renewTime ?? '');
    const ageMs = this.now() - renewed;
    return ageMs > STALE_MS ? `${doer} does not run: it renewed its lease ${ago(ageMs)} ago` : undefined;
  }
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
