import type { Component, Flags } from '../deployment';
import { httpProbe, startupProbe } from '../deployment';
import { clientMounts, KUBECONFIG } from '../kubeconfig';

const SERVER = '/etc/karmada/pki/server';
const PORT = 6443;
const READYZ = { periodSeconds: 3, timeoutSeconds: 15, failureThreshold: 3 };

/** What differs between the servers to which the API server hands requests on. */
interface Extension<Name> {
  readonly name: Name;
  /** What it trusts, or stores in. */
  readonly trust: Flags;
  readonly flags?: Flags;
  readonly gates?: Flags;
  readonly mounts?: Component['mounts'];
  readonly livenessProbe: any;
  /** @default '/readyz' */
  readonly readyPath?: string;
  readonly requests: Component['requests'];
  /** Where it tells metrics, when that is not where it serves. */
  readonly metricsPort?: number;
}

/** A server of an aggregated API: only the API server may call it, and it asks that who a caller is and what that may do. */
export function extensionServer<Name extends Component['name']>(extension: Extension<Name>) {
  const {
    name,
    trust,
    flags,
    gates,
    mounts = [],
    livenessProbe,
    readyPath = '/readyz',
    requests,
    metricsPort,
  } = extension;
  return {
    name,
    binary: `/bin/${name}`,
    flags: {
      kubeconfig: KUBECONFIG,
      'authentication-kubeconfig': KUBECONFIG,
      'authorization-kubeconfig': KUBECONFIG,
      ...trust,
      'tls-cert-file': `${SERVER}/tls.crt`,
      'tls-private-key-file': `${SERVER}/tls.key`,
      'tls-min-version': 'VersionTLS13',
      'audit-log-path': '-',
      'audit-log-maxage': 0,
      'audit-log-maxbackup': 0,
      'bind-address': '0.0.0.0',
      ...flags,
      'secure-port': PORT,
      ...gates,
      v: 2,
    },
    ports: [
      { name: 'https', port: PORT },
      ...(metricsPort === undefined ? [] : [{ name: 'metrics', port: metricsPort }]),
    ],
    mounts: [...clientMounts(name), { name: 'server-cert', path: SERVER, secret: `${name}-cert` }, ...mounts],
    probes: {
      startupProbe: startupProbe(livenessProbe, 60),
      livenessProbe,
      readinessProbe: httpProbe('HTTPS', 'https', readyPath, READYZ),
    },
    requests,
    scratch: '/tmp',
    entrances: [{ ports: [PORT], from: ['karmada-apiserver' as const] }],
    metricsPort: metricsPort ?? PORT,
  };
}
