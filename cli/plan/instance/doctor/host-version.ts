import { type Check, type Observation, whenSeen } from './check';
import type { HostSnapshot } from './host-snapshot';

/** The oldest minor release of Kubernetes whose API server the command can talk to: aggregated discovery came on with it. */
const OLDEST = 27;
/** What an instance is made of, whatever its options. */
const NEEDED = ['v1', 'apps/v1', 'policy/v1', 'networking.k8s.io/v1', 'coordination.k8s.io/v1', 'storage.k8s.io/v1'];

/** The host is new enough. */
export const HOST_VERSION: Check<HostSnapshot> = {
  id: 'host-version',
  title: 'the host is a Kubernetes that an instance can run on',
  why: 'The command asks which kinds a server serves in the form that Kubernetes has since v1.27, and the instance is made of kinds in versions that the host has to serve.',
  fix: `upgrade the host to Kubernetes v1.${OLDEST} or newer, or choose another context`,
  see: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  look: ({ version, served, wanted }) => [
    ...whenSeen(version, versionObservations),
    ...whenSeen(served, (groupVersions) => {
      const needed = [...new Set([...NEEDED, ...(wanted?.objects ?? []).map(({ apiVersion }) => apiVersion)])];
      const missing = needed.filter((each) => !groupVersions.includes(each)).sort();
      if (!missing.length) return [];
      return [{ state: 'fails', cause: `the host does not serve ${missing.join(', ')}` }];
    }),
  ],
};

function versionObservations(version: string): Observation[] {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (minor === undefined) return [{ state: 'unknown', cause: `"${version}" is no version of Kubernetes` }];
  if (major === '1' && Number(minor) < OLDEST)
    return [{ state: 'fails', cause: `the host runs Kubernetes ${version}` }];
  return [{ state: 'ok', cause: `the host runs Kubernetes ${version}` }];
}
