import { dnsSubdomainFault, wildcardDomainFault } from '../names';
import type { Refusals } from '../refusals';
import type { Review } from '../review';
import { validateBackend } from './ingress-backend';

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'];
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const ENDINGS = ['/..', '/.'];

/** ValidateIngressSpec of pkg/util/lifted/validatingmci.go at v1.18.2. */
export function validateMultiClusterIngress({ spec, refusals }: Review): void {
  const rules: readonly any[] = spec.rules ?? [];
  if (rules.length === 0 && !spec.defaultBackend) {
    refusals.missing('spec', 'an ingress needs rules, a defaultBackend or both');
  }
  if (spec.defaultBackend) validateBackend(spec.defaultBackend, 'spec.defaultBackend', refusals);
  rules.forEach(({ host, http }, index) => {
    const path = `spec.rules[${index}]`;
    if (host !== '') validateHost(host, `${path}.host`, refusals);
    if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) refusals.malformed(`${path}.host`, host, 'a DNS name, not an IP address');
    if (http && !http.paths?.length) refusals.missing(`${path}.http.paths`);
    (http?.paths ?? []).forEach((item: any, position: number) => {
      validatePath(item, `${path}.http.paths[${position}]`, refusals);
    });
  });
  (spec.tls ?? []).forEach(({ hosts, secretName }: any, index: number) => {
    const path = `spec.tls[${index}]`;
    (hosts ?? []).forEach((host: string, position: number) => {
      validateHost(host, `${path}.hosts[${position}]`, refusals);
    });
    const fault = secretName !== '' && dnsSubdomainFault(secretName);
    if (fault) refusals.malformed(`${path}.secretName`, secretName, fault);
  });
  const fault = spec.ingressClassName !== undefined && dnsSubdomainFault(spec.ingressClassName);
  if (fault) refusals.malformed('spec.ingressClassName', spec.ingressClassName, fault);
}

function validateHost(host: string, path: string, refusals: Refusals): void {
  const fault = host.includes('*') ? wildcardDomainFault(host) : dnsSubdomainFault(host);
  if (fault) refusals.malformed(path, host, fault);
}

function validatePath({ path, pathType, backend }: any, at: string, refusals: Refusals): void {
  if (pathType === undefined) {
    refusals.missing(`${at}.pathType`, `it is ${PATH_TYPES.join(', ')}`);
    return;
  }
  const exact = pathType === 'Exact' || pathType === 'Prefix';
  if (!PATH_TYPES.includes(pathType)) refusals.notAllowed(`${at}.pathType`, pathType, PATH_TYPES);
  else if (!path.startsWith('/') && (exact || path !== '')) {
    refusals.malformed(`${at}.path`, path, 'a path that begins with "/"');
  }
  const wrong = SEQUENCES.some((part) => path.includes(part)) || ENDINGS.some((ending) => path.endsWith(ending));
  if (exact && wrong) {
    refusals.malformed(
      `${at}.path`,
      path,
      `a path without ${SEQUENCES.join(' ')} that does not end in ${ENDINGS.join(' or ')}`,
    );
  }
  validateBackend(backend, `${at}.backend`, refusals);
}
