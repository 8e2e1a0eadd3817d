import type { KarmadaAddress } from '../plan/instance/karmada-address';
import { visible } from './error-text';

/** What was made, without anything secret in it. */
export interface MadeKubeconfig {
  readonly name: string;
  /** File, or standard output. */
  readonly where: string;
  readonly user: string;
  readonly groups: readonly string[];
  /** RFC 3339. */
  readonly expires: string;
  readonly address: KarmadaAddress;
  /** How to make the address work. */
  readonly hint?: string;
  readonly nowMs: number;
}

/** Who somebody is with a new kubeconfig, until when, and where it leads. */
export function kubeconfigText({ name, where, user, groups, expires, address, hint, nowMs }: MadeKubeconfig): string {
  const mighty = groups.includes('system:masters') ? ', who may do everything on Karmada' : '';
  const lines = [
    `context ${name} in ${where}`,
    `  who     ${user}${groups.length ? ` of ${groups.join(', ')}` : ', of no group'}${mighty}`,
    `  until   ${expires.slice(0, 16).replace('T', ' ')} UTC, in ${span(Date.parse(expires) - nowMs)}; it cannot be called back before`,
    `  server  ${address.server}, through ${address.through}`,
    ...(address.tlsServerName
      ? [`          its certificate does not name that address, so it is asked for ${address.tlsServerName}`]
      : []),
    ...(hint ? [`          ${hint}`] : []),
    '  It holds a private key: give it to nobody, and keep it out of Git.',
  ];
  return visible(`${lines.join('\n')}\n`);
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
