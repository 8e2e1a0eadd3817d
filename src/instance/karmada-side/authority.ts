import { INJECT_CA } from '../../core/private/keys';
import type { ControlPlane } from '../control-plane';

/** Asks the applier for the CA bundle: its certificate is not known before it is issued. */
export function injectCa(authority: string): { [key: string]: string } {
  return { [INJECT_CA]: authority };
}

/** Where the Karmada API server reaches the webhook: through the host's network, on the Service of the host. */
export function webhookUrl(plane: ControlPlane, path: string): string {
  return `https://karmada-webhook.${plane.namespace}.svc:443${path}`;
}
