import { dnsLabelFault, dnsSubdomainFault, serviceNameFault } from '../names';
import { type Refusals, shown } from '../refusals';
import type { Review } from '../review';

const OPERATIONS = [
  '*',
  'AggregateStatus',
  'InterpretComponent',
  'InterpretDependency',
  'InterpretHealth',
  'InterpretReplica',
  'InterpretStatus',
  'Retain',
  'ReviseReplica',
];

/** The only version of the requests that Karmada sends. */
const CONTEXT = 'v1alpha1';

const URL_PARTS = /^([a-z][-+.a-z0-9]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;
/** What Go's net/url takes for a host and its port. */
const HOST = /^(?:[-\w.~!$&'()*+,;=<>"\u0080-\uffff]+|\[[:.0-9a-f]+\])?(?::\d*)?$/i;

/** pkg/webhook/configuration/validating.go at v1.18.2; here `spec` is the list of webhooks. */
export function validateResourceInterpreterWebhookConfiguration({ spec: webhooks, refusals }: Review): void {
  const names = new Set<string>();
  webhooks.forEach((webhook: any, index: number) => {
    const path = `webhooks[${index}]`;
    const { name, rules, timeoutSeconds, clientConfig, interpreterContextVersions } = webhook;
    validateName(name, `${path}.name`, refusals);
    (rules ?? []).forEach((rule: any, at: number) => {
      validateRule(rule, `${path}.rules[${at}]`, refusals);
    });
    if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30)) {
      refusals.outOfRange(`${path}.timeoutSeconds`, timeoutSeconds, '1 to 30 seconds');
    }
    validateClient(clientConfig, `${path}.clientConfig`, refusals);
    validateContexts(interpreterContextVersions ?? [], `${path}.interpreterContextVersions`, refusals);
    if (names.has(name)) {
      const message = `two webhooks are named ${shown(name)}`;
      refusals.duplicate(`${path}.name`, message, 'give each webhook a name of its own');
    }
    names.add(name);
  });
}

function validateName(name: string, path: string, refusals: Refusals): void {
  if (name === '') {
    refusals.missing(path);
    return;
  }
  const domain = name.replace(/\.$/, '');
  const labels = domain.split('.');
  const fault = dnsSubdomainFault(domain) ?? labels.map(dnsLabelFault).find(Boolean);
  if (fault) refusals.malformed(path, name, fault);
  else if (labels.length < 2) refusals.malformed(path, name, 'a domain of two or more parts, such as web.example.com');
}

function validateRule(rule: any, path: string, refusals: Refusals): void {
  for (const field of ['operations', 'apiGroups', 'apiVersions', 'kinds']) {
    const values: readonly string[] = rule[field] ?? [];
    if (values.length === 0) refusals.missing(`${path}.${field}`);
    if (values.length > 1 && values.includes('*')) {
      const message = `${field} holds "*", which stands for all, and others`;
      refusals.conflict(`${path}.${field}`, message, `keep "*" alone in ${field}, or remove it`);
    }
    values.forEach((value, index) => {
      const at = `${path}.${field}[${index}]`;
      if (field === 'operations' && !OPERATIONS.includes(value)) refusals.notAllowed(at, value, OPERATIONS);
      if ((field === 'apiVersions' || field === 'kinds') && value === '') refusals.missing(at);
    });
  }
}

function validateClient({ url, service }: any, path: string, refusals: Refusals): void {
  if (url !== undefined && service !== undefined) {
    refusals.conflict(path, 'both url and service are given', 'keep one of url and service');
  } else if (url !== undefined) {
    const fault = urlFault(url);
    if (fault) refusals.malformed(`${path}.url`, url, fault);
  } else if (service === undefined) {
    refusals.missing(path, 'a url, or a service');
  } else {
    validateService(service, `${path}.service`, refusals);
  }
}

function validateService(service: any, path: string, refusals: Refusals): void {
  for (const field of ['name', 'namespace']) {
    if (service[field] === '') refusals.missing(`${path}.${field}`);
  }
  const { port = 443, path: urlPath = '' } = service;
  if (port < 1 || port > 65535) refusals.outOfRange(`${path}.port`, port, '1 to 65535');
  const fault = pathFault(urlPath);
  if (fault) refusals.malformed(`${path}.path`, urlPath, fault);
}

/** ValidateWebhookURL of k8s.io/apiserver pkg/util/webhook at v0.35, after what Go's net/url reads. */
function urlFault(url: string): string | undefined {
  const wanted = 'https://host[/path]';
  const [, scheme, host = '', path = '', query = '', fragment = ''] = URL_PARTS.exec(url) ?? [];
  if (scheme?.toLowerCase() !== 'https' || host === '') return `of the form ${wanted}`;
  if (host.includes('@')) return `${wanted}, without a user`;
  if (fragment !== '') return `${wanted}, without a fragment`;
  if (query !== '') return `${wanted}, without a query`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses them in any URL
  if (!HOST.test(host) || /[\u0000-\u001f\u007f]|%(?![0-9a-f]{2})/i.test(path)) return `of the form ${wanted}`;
  return undefined;
}

/** ValidateWebhookService of the same file, as far as paths go. */
function pathFault(path: string): string | undefined {
  if (path === '' || path === '/') return undefined;
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  if (path.startsWith('/') && segments.every((segment) => segment !== '' && !dnsSubdomainFault(segment))) {
    return undefined;
  }
  return 'a path such as /interpret, each part a DNS name';
}

function validateContexts(versions: readonly string[], path: string, refusals: Refusals): void {
  versions.forEach((version, index) => {
    const at = `${path}[${index}]`;
    const fault = serviceNameFault(version);
    if (versions.indexOf(version) < index) {
      refusals.duplicate(at, `the version ${shown(version)} is there twice`, 'name each version once');
    } else if (fault) refusals.malformed(at, version, fault);
  });
  if (versions.length === 0) refusals.missing(path, `Karmada speaks ${CONTEXT}`);
  else if (!versions.includes(CONTEXT)) {
    refusals.conflict(
      path,
      `Karmada speaks ${CONTEXT}, which interpreterContextVersions does not hold`,
      `add ${CONTEXT}`,
    );
  }
}
