import { isIP } from 'node:net';
import { keyOf, keyText } from '../../../src/core/object-key';
import type { Trouble } from '../../../src/core/private/trouble';
import { CommandError, ExitCode } from '../../plan/command-error';

/** A certificate authority, to be made once and never replaced. */
export interface AuthorityPlan {
  readonly secret: string;
  readonly commonName: string;
  readonly lifetimeDays: number;
}

/** Who holds a certificate, and who signs it. */
export interface IdentityPlan {
  readonly secret: string;
  /** Secret of the authority. */
  readonly authority: string;
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly lifetimeDays: number;
}

export type Usage = 'server' | 'client';

/** What a certificate is for, as it stands in it (RFC 5280, 4.2.1.12). */
export const USAGES: { readonly [usage in Usage]: string } = {
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
};

export interface CertificatePlan extends IdentityPlan {
  readonly usages: readonly Usage[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Keys of the Secret of which those who mount it see a change only when they start anew. @default - none */
  readonly readAtStart?: readonly ('ca.crt' | 'tls.crt')[];
}

/** An RSA key pair, to be made once and never replaced. */
export interface KeyPairPlan {
  readonly secret: string;
  /** Key of the Secret that holds the private key. */
  readonly privateKey: string;
  /** Key of the Secret that holds the public key. */
  readonly publicKey: string;
}

/** A client certificate in a kubeconfig that needs no other file. */
export interface KubeconfigPlan extends IdentityPlan {
  /** Key of the Secret that holds the kubeconfig. */
  readonly key: string;
  readonly server: string;
}

/** What has to be issued for an instance, without a secret in it. */
export interface PkiPlan {
  readonly instance: string;
  readonly namespace: string;
  readonly authorities: readonly AuthorityPlan[];
  readonly certificates: readonly CertificatePlan[];
  readonly keyPairs: readonly KeyPairPlan[];
  readonly kubeconfigs: readonly KubeconfigPlan[];
}

/** Key of the ConfigMap that holds the plan. */
const PLAN_KEY = 'plan.json';

/** Is this manifest the ConfigMap with the PKI plan of an instance? */
export function isPkiPlan(manifest: any): boolean {
  return (
    manifest.kind === 'ConfigMap' && /-pki-plan$/.test(manifest.metadata?.name) && PLAN_KEY in (manifest.data ?? {})
  );
}

/** The plan in its ConfigMap. Throws with everything that is wrong in it. */
export function readPkiPlan(configMap: any): PkiPlan {
  const reader = new PlanReader(`${keyText(keyOf(configMap))}, key ${PLAN_KEY}`);
  return reader.read(String(configMap.data?.[PLAN_KEY] ?? ''));
}

type Check = (value: any) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const days: Check = (value) => Number.isInteger(value) && value > 0;
const usages: Check = (value) =>
  texts(value) && value.length > 0 && value.every((one: any) => /^(server|client)$/.test(one));
const addresses: Check = (value) => texts(value) && value.every((one: any) => isIP(one) > 0);
const readAtStart: Check = (value) =>
  value === undefined || (texts(value) && value.every((one: any) => /^(ca|tls)\.crt$/.test(one)));
const url: Check = (value) => text(value) && /^https:\/\/[^/]/.test(value);

const identity = { secret: text, authority: text, commonName: text, organizations: texts, lifetimeDays: days };

const LISTS: { readonly [list: string]: { readonly [field: string]: Check } } = {
  authorities: { secret: text, commonName: text, lifetimeDays: days },
  certificates: { ...identity, usages, dnsNames: texts, ipAddresses: addresses, readAtStart },
  keyPairs: { secret: text, privateKey: text, publicKey: text },
  kubeconfigs: { ...identity, key: text, server: url },
};

class PlanReader {
  private readonly troubles: Trouble[] = [];

  constructor(private readonly at: string) {}

  read(json: string): PkiPlan {
    const plan = this.parse(json);
    if (plan.schema !== '1') {
      this.wrong(`this PKI plan has schema ${JSON.stringify(plan.schema)}, and this command knows "1"`);
      this.end();
    }
    for (const field of ['instance', 'namespace']) this.check(plan[field], text, field);
    for (const [list, fields] of Object.entries(LISTS)) this.readList(plan[list], list, fields);
    this.end();
    this.checkNames(plan);
    this.end();
    return plan;
  }

  private end(): void {
    if (this.troubles.length) throw new CommandError(ExitCode.INVALID_INPUT, this.troubles);
  }

  private parse(json: string): any {
    try {
      const plan = JSON.parse(json);
      if (typeof plan === 'object' && plan !== null) return plan;
    } catch {
      // told below
    }
    this.wrong('the PKI plan is no JSON object');
    return this.end();
  }

  private readList(items: any, list: string, fields: { readonly [field: string]: Check }): void {
    if (!Array.isArray(items)) {
      this.wrong(`${list} of the PKI plan is ${JSON.stringify(items)}, no list`);
      return;
    }
    items.forEach((item, index) => {
      for (const [field, check] of Object.entries(fields)) {
        this.check(item?.[field], check, `${list}[${index}].${field}`);
      }
    });
  }

  /** One Secret has one purpose, and who signs is in the plan. */
  private checkNames(plan: PkiPlan): void {
    const secrets = Object.keys(LISTS).flatMap((list) => plan[list as 'authorities'].map(({ secret }) => secret));
    for (const name of new Set(secrets.filter((name, index) => secrets.indexOf(name) !== index))) {
      this.wrong(`the PKI plan names Secret "${name}" more than once`);
    }
    const known = plan.authorities.map(({ secret }) => secret);
    for (const { secret, authority } of [...plan.certificates, ...plan.kubeconfigs]) {
      if (known.includes(authority)) continue;
      this.wrong(`authority "${authority}" of Secret "${secret}" is not in the PKI plan (it has ${known.join(', ')})`);
    }
  }

  private check(value: unknown, check: Check, field: string): void {
    if (!check(value)) this.wrong(`${field} of the PKI plan is ${JSON.stringify(value)}`);
  }

  private wrong(what: string): void {
    this.troubles.push({
      what,
      at: this.at,
      fix: 'synthesize it again with the version of the library that fits this command',
    });
  }
}
