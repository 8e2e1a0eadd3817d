import { labelKeyFault, labelValueFault } from '../names';
import { type Refusals, shown } from '../refusals';
import { validateModels } from '../resource-models';

/** ValidateClusterSpec of pkg/apis/cluster/validation/validation.go at v1.18.2. */
export function validateCluster(spec: any, refusals: Refusals): void {
  if (spec.syncMode === '') refusals.missing('spec.syncMode', 'Karmada either pushes to a member or the member pulls');
  else if (!['Pull', 'Push'].includes(spec.syncMode)) {
    refusals.notAllowed('spec.syncMode', spec.syncMode, ['Push', 'Pull']);
  }
  validateEndpoint(spec.apiEndpoint, refusals);
  for (const name of ['secretRef', 'impersonatorSecretRef']) {
    if (spec[name]?.namespace === '') refusals.missing(`spec.${name}.namespace`);
    if (spec[name]?.name === '') refusals.missing(`spec.${name}.name`);
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(spec.proxyURL)?.[1].toLowerCase();
  if (spec.proxyURL !== '' && !['http', 'https', 'socks5'].includes(scheme ?? '')) {
    refusals.malformed('spec.proxyURL', spec.proxyURL, 'a URL that begins with http://, https:// or socks5://');
  }
  validateLocation(spec, refusals);
  validateTaints(spec.taints ?? [], refusals);
  validateModels(spec.resourceModels ?? [], 'spec.resourceModels', refusals);
}

function validateEndpoint(endpoint: string, refusals: Refusals): void {
  if (endpoint === '') return;
  const path = 'spec.apiEndpoint';
  const [, host, rest] = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/([^/?#]*)(.*)$/s.exec(endpoint) ?? [];
  const name = host?.slice(host.lastIndexOf('@') + 1);
  if (!name || !/^(\[[0-9a-fA-F:.%]+\]|[^\s:[\]<>"^`{|}\\]+)?(:\d*)?$/.test(name)) {
    refusals.malformed(path, endpoint, 'a URL with a host, such as https://10.0.0.1:6443');
    return;
  }
  if (host?.includes('@')) refusals.conflict(path, 'apiEndpoint holds a user', 'remove the part before "@"');
  if (/#./.test(rest)) refusals.conflict(path, 'apiEndpoint holds a fragment', 'remove the part from "#" on');
  if (/^[^#]*\?[^#]/.test(rest)) refusals.conflict(path, 'apiEndpoint holds a query', 'remove the part from "?" on');
}

function validateLocation({ provider, region, zone, zones }: any, refusals: Refusals): void {
  const check = (path: string, value: string) => {
    const fault = labelValueFault(value);
    if (fault) refusals.malformed(path, value, fault);
  };
  check('spec.provider', provider);
  check('spec.region', region);
  // Upstream spells these paths spec.spec, spec.Zone and spec.Zones.
  if (zone !== '' && zones?.length) {
    refusals.conflict('spec.spec', `zone ${shown(zone)} stands next to zones`, 'move zone into zones');
  } else if (zone !== '') check('spec.Zone', zone);
  else for (const value of zones ?? []) check('spec.Zones', value);
}

/** ValidateClusterTaints of pkg/util/lifted/validateclustertaints.go at v1.18.2. */
function validateTaints(taints: readonly any[], refusals: Refusals): void {
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, index) => {
    const path = `spec.taints[${index}]`;
    const wrongKey = labelKeyFault(key);
    if (wrongKey) refusals.malformed(`${path}.key`, key, wrongKey);
    const wrongValue = labelValueFault(value);
    if (wrongValue) refusals.malformed(`${path}.value`, value, wrongValue);
    if (effect === '') refusals.missing(`${path}.effect`);
    else if (effect !== 'NoSchedule' && effect !== 'NoExecute') {
      refusals.notAllowed(`${path}.effect`, effect, ['NoSchedule', 'NoExecute']);
    }
    const pair = `${key}:${effect}`;
    if (seen.has(pair)) refusals.duplicate(path, `taint ${pair} stands there twice`, 'keep one of the two');
    seen.add(pair);
  });
}
