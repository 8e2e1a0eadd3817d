import * as kplus from 'cdk8s-plus-28';
import { isDnsLabel, isDnsSubdomain, LABEL_RULE } from '../../core/private/names';
import type { Trouble } from '../../core/private/trouble';
import type { MulticloudPodProps } from '../multicloud-pod-props';
import { unless } from './unless';

const MOST_SERVERS = 3;
/** Since Kubernetes 1.28; 6 before. */
const MOST_SEARCHES = 32;
const MOST_SEARCH_CHARACTERS = 2048;

/** What is wrong with how the pods look up names. Mirrors pkg/apis/core/validation of Kubernetes v1.35. */
export function dnsTroubles({ dns = {}, hostAliases = [] }: MulticloudPodProps): Trouble[] {
  const { policy, nameservers = [], searches = [], options = [] } = dns;
  return [
    ...unless(
      policy !== kplus.DnsPolicy.NONE || nameservers.length > 0,
      '`dns` has the policy None and no nameservers, so the pods could look up nothing',
      'give one or more in `dns.nameservers`, or another policy',
    ),
    ...unless(
      nameservers.length <= MOST_SERVERS,
      `\`dns.nameservers\` has ${nameservers.length} servers`,
      `give at most ${MOST_SERVERS}`,
    ),
    ...nameservers.flatMap((server) => addressTroubles('dns.nameservers', server)),
    ...searchTroubles(searches),
    ...unless(
      options.every(({ name }) => name !== ''),
      '`dns.options` has an option without a name',
      'give each a `name`, such as ndots',
    ),
    ...Object.entries({ hostname: dns.hostname, subdomain: dns.subdomain })
      .filter(([, name]) => name !== undefined && !isDnsLabel(name))
      .map(([prop, name]) => ({
        what: `"${name}" cannot be \`dns.${prop}\``,
        fix: `give at most 63 characters: ${LABEL_RULE}`,
      })),
    ...hostAliases.flatMap(({ ip, hostnames }) => [
      ...addressTroubles('hostAliases', ip),
      ...hostnames
        .filter((name) => !isDnsSubdomain(name))
        .map((name) => ({
          what: `"${name}" in \`hostAliases\` cannot be the name of a host`,
          fix: `give parts of ${LABEL_RULE}, with . between them`,
        })),
    ]),
  ];
}

function searchTroubles(searches: readonly string[]): Trouble[] {
  const characters = searches.join(' ').length;
  return [
    ...unless(
      searches.length <= MOST_SEARCHES,
      `\`dns.searches\` has ${searches.length} domains`,
      `give at most ${MOST_SEARCHES}`,
    ),
    ...unless(
      characters <= MOST_SEARCH_CHARACTERS,
      `\`dns.searches\` has ${characters} characters in all`,
      `give at most ${MOST_SEARCH_CHARACTERS}, with one between two domains`,
    ),
    ...searches
      .filter((domain) => domain !== '.' && !isDnsSubdomain(domain.replace(/\.$/, '').replaceAll('_', '-')))
      .map((domain) => ({
        what: `"${domain}" in \`dns.searches\` cannot be a domain`,
        fix: `give parts of ${LABEL_RULE}, with . between them`,
      })),
  ];
}

function addressTroubles(prop: string, address: string): Trouble[] {
  return unless(isAddress(address), `"${address}" in \`${prop}\` is no IP address`, 'give an IPv4 or IPv6 address');
}

/** An IPv6 address is what can stand in brackets in a URL. */
function isAddress(text: string): boolean {
  const numbers = text.split('.');
  if (numbers.length === 4) return numbers.every((number) => /^(0|[1-9]\d{0,2})$/.test(number) && Number(number) < 256);
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`);
}
