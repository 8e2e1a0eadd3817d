import { type Check, whenSeen } from './check';
import type { InstanceSnapshot } from './instance-snapshot';
import { masked } from './masked';

/** Karmada's API server answers that it is ready. */
export const API_SERVER_READY: Check<InstanceSnapshot> = {
  id: 'api-server-ready',
  title: "Karmada's API server answers, and says that it is ready",
  why: 'Everything goes through it. Its /readyz names what it waits for: most often etcd.',
  fix: 'look at etcd first (check etcd-ready), then at the logs of karmada-apiserver',
  see: 'https://kubernetes.io/docs/reference/using-api/health-checks/',
  look: ({ karmada }) => {
    if ('unseen' in karmada) return [{ state: 'fails', cause: karmada.unseen, fix: karmada.fix }];
    return whenSeen(karmada.seen.ready, ({ status, text }) => {
      if (status === 200) return [{ state: 'ok', cause: 'it is ready' }];
      const failing = [...text.matchAll(/^\[-\](\S+) failed/gm)].map(([, name]) => name);
      const why = failing.length ? failing.join(', ') : masked(text);
      return [{ state: 'fails', cause: `/readyz answers ${status}: ${why}` }];
    });
  },
};
