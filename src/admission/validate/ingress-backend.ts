import { dnsSubdomainFault, portNameFault, serviceNameFault } from '../names';
import { type Refusals, shown } from '../refusals';
import { validateSegment } from './scale-target';

/** validateIngressBackend of pkg/util/lifted/validatingmci.go at v1.18.2. */
export function validateBackend({ service, resource }: any, path: string, refusals: Refusals): void {
  if (service && resource) {
    refusals.conflict(path, 'a backend names both a service and a resource', 'keep service or resource');
  } else if (resource) {
    const fault = resource.apiGroup !== undefined && dnsSubdomainFault(resource.apiGroup);
    if (fault) refusals.malformed(`${path}.resource.apiGroup`, resource.apiGroup, fault);
    for (const name of ['kind', 'name']) validateSegment(resource[name], `${path}.resource.${name}`, refusals);
  } else if (service) {
    validateService(service, path, refusals);
  } else {
    refusals.missing(path, 'a backend names a service or a resource');
  }
}

function validateService({ name, port }: any, path: string, refusals: Refusals): void {
  const at = `${path}.service`;
  const wrongName = name !== '' && serviceNameFault(name);
  if (name === '') refusals.missing(`${at}.name`);
  if (wrongName) refusals.malformed(`${at}.name`, name, wrongName);
  if (port.name !== '' && port.number !== 0) {
    const both = `${shown(port.name)} and ${port.number}`;
    refusals.conflict(
      path,
      `the port is given by name and by number: ${both}`,
      'keep the name or the number of the port',
    );
  } else if (port.name !== '') {
    const fault = portNameFault(port.name);
    if (fault) refusals.malformed(`${at}.port.name`, port.name, fault);
  } else if (port.number !== 0) {
    if (port.number < 1 || port.number > 65535) refusals.outOfRange(`${at}.port.number`, port.number, '1 to 65535');
  } else {
    refusals.missing(path, `the port of service ${shown(name)} is given by name or by number`);
  }
}
