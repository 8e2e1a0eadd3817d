import type { FlagOwner } from './component-flags';

/** The images of one minor release of Karmada that do not carry Karmada's own version. */
interface Release {
  /** `v<major>.<minor>` of Karmada. */
  readonly minor: string;
  /** Tag of kube-apiserver and kube-controller-manager. */
  readonly kubernetes: string;
  /** Tag of etcd. */
  readonly etcd: string;
}

/**
 * Oldest first. Flags, ports and webhook paths are the same in all of them.
 * Mirrors operator/pkg/constants/constants.go at v1.16.8, v1.17.5 and v1.18.2.
 */
const RELEASES: readonly Release[] = [
  { minor: 'v1.16', kubernetes: 'v1.34.1', etcd: '3.6.0-0' },
  { minor: 'v1.17', kubernetes: 'v1.35.2', etcd: '3.6.6-0' },
  { minor: 'v1.18', kubernetes: 'v1.35.2', etcd: '3.6.6-0' },
];

const NEWEST = RELEASES[RELEASES.length - 1];

/** The images of a release; one that is not in the table takes those of the newest. */
function release(version: string): Release {
  return RELEASES.find(({ minor }) => version.startsWith(`${minor}.`)) ?? NEWEST;
}

/**
 * The image of a component. A private registry holds all of them side by side, by their last name, as
 * `karmadactl init --private-image-registry` expects it (pkg/karmadactl/cmdinit/kubernetes/deploy.go at v1.18.2).
 */
export function image(component: FlagOwner, version: string, privateRegistry?: string): string {
  const { kubernetes, etcd } = release(version);
  const from = (registry: string, repository: string, tag: string) =>
    `${privateRegistry ?? registry}/${repository}:${tag}`;
  switch (component) {
    case 'etcd':
      return from('registry.k8s.io', 'etcd', etcd);
    case 'karmada-apiserver':
      return from('registry.k8s.io', 'kube-apiserver', kubernetes);
    case 'karmada-kube-controller-manager':
      return from('registry.k8s.io', 'kube-controller-manager', kubernetes);
    default:
      return from('docker.io/karmada', component, version);
  }
}
