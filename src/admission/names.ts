/**
 * The grammars of Kubernetes names. Each function says what is wrong as the end of the sentence "x must be …", or
 * undefined when the value is fine. Mirrors k8s.io/apimachinery pkg/api/validate/content and pkg/util/validation at v0.35.
 */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PORT_NAME = /^[-a-z0-9]+$/;

const ALPHANUMERIC = 'lower case letters, digits and "-", with a letter or digit at both ends';

export function dnsLabelFault(value: string): string | undefined {
  if (value.length > 63) return 'at most 63 characters long';
  return DNS_LABEL.test(value) ? undefined : ALPHANUMERIC;
}

export function dnsSubdomainFault(value: string): string | undefined {
  if (value.length > 253) return 'at most 253 characters long';
  return DNS_SUBDOMAIN.test(value)
    ? undefined
    : 'lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
}

export function wildcardDomainFault(value: string): string | undefined {
  const rest = value.startsWith('*.') ? dnsSubdomainFault(value.slice(2)) : '';
  return rest === undefined && value.length <= 253 ? undefined : '"*." followed by a DNS name';
}

/** The names of Services (DNS-1035). */
export function serviceNameFault(value: string): string | undefined {
  if (value.length > 63) return 'at most 63 characters long';
  return SERVICE_LABEL.test(value)
    ? undefined
    : 'lower case letters, digits and "-", with a letter first and a letter or digit last';
}

/** A label key, with or without a prefix (a "qualified name"). */
export function labelKeyFault(value: string): string | undefined {
  const slash = value.indexOf('/');
  const name = value.slice(slash + 1);
  if (name.includes('/')) return 'a label key: a name with at most one "/" before it';
  if (slash >= 0 && dnsSubdomainFault(value.slice(0, slash))) {
    return 'a label key: the part before "/" must be a DNS name';
  }
  if (name.length > 63) return 'a label key: its name at most 63 characters long';
  return LABEL_NAME.test(name)
    ? undefined
    : 'a label key: letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}

export function labelValueFault(value: string): string | undefined {
  if (value.length > 63) return 'a label value: at most 63 characters long';
  return value === '' || LABEL_NAME.test(value)
    ? undefined
    : 'a label value: letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}

/** The names of ports that a Service or Ingress refers to. */
export function portNameFault(value: string): string | undefined {
  const fine =
    value.length <= 15 &&
    PORT_NAME.test(value) &&
    /[a-z]/.test(value) &&
    !value.includes('--') &&
    !value.startsWith('-') &&
    !value.endsWith('-');
  return fine ? undefined : 'at most 15 lower case letters, digits and single "-", with at least one letter';
}

/** Text that has to fit between two slashes of a URL. */
export function pathSegmentFault(value: string): string | undefined {
  return value === '.' || value === '..' || /[/%]/.test(value)
    ? 'text without "/" and "%", not "." or ".."'
    : undefined;
}

/** Karmada's rule for names of member clusters (pkg/apis/cluster/validation at v1.18.2). */
export function clusterNameFault(value: string): string | undefined {
  if (value === '') return 'the name of a cluster';
  if (value.length > 48) return 'at most 48 characters long';
  return dnsLabelFault(value);
}

/** An RFC 6901 pointer: empty, or beginning with a slash. */
export function pointerFault(value: string): string | undefined {
  return value === '' || value.startsWith('/') ? undefined : 'a JSON pointer: empty, or beginning with "/"';
}
