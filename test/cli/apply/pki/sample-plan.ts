import type { PkiPlan } from '../../../../cli/apply/pki/plan';

export const NOW = new Date('2026-03-01T12:00:00.750Z');

export function later(days: number): Date {
  return new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000);
}

/** A small plan with one of each: authority, server, client, key pair, kubeconfig. */
export function samplePlan(): PkiPlan {
  return {
    instance: 'east',
    namespace: 'karmada-system',
    authorities: [
      { secret: 'karmada-ca', commonName: 'karmada', lifetimeDays: 3650 },
      { secret: 'etcd-ca', commonName: 'karmada-etcd-ca', lifetimeDays: 3650 },
    ],
    certificates: [
      {
        secret: 'karmada-apiserver-cert',
        authority: 'karmada-ca',
        commonName: 'system:karmada:karmada-apiserver',
        organizations: [],
        usages: ['server'],
        dnsNames: ['karmada-apiserver.karmada-system.svc', 'localhost'],
        ipAddresses: ['127.0.0.1', '2001:db8:0:0::1'],
        lifetimeDays: 365,
      },
      {
        secret: 'scheduler-client-cert',
        authority: 'karmada-ca',
        commonName: 'system:karmada:karmada-scheduler',
        organizations: ['system:masters'],
        usages: ['client'],
        dnsNames: [],
        ipAddresses: [],
        lifetimeDays: 365,
      },
      {
        secret: 'etcd-cert',
        authority: 'etcd-ca',
        commonName: 'system:karmada:etcd-server',
        organizations: [],
        usages: ['server', 'client'],
        dnsNames: ['*.etcd.karmada-system.svc'],
        ipAddresses: [],
        lifetimeDays: 365,
      },
    ],
    keyPairs: [{ secret: 'karmada-service-account-key', privateKey: 'sa.key', publicKey: 'sa.pub' }],
    kubeconfigs: [
      {
        secret: 'karmada-admin-kubeconfig',
        key: 'kubeconfig',
        server: 'https://karmada-apiserver.karmada-system.svc.cluster.local:5443',
        authority: 'karmada-ca',
        commonName: 'system:admin',
        organizations: ['system:masters'],
        lifetimeDays: 365,
      },
    ],
  };
}

/** Secrets by name, as a server would give them back. */
export function stored(manifests: readonly any[], version = '7'): Map<string, any> {
  return new Map(
    manifests.map((manifest) => [
      manifest.metadata.name,
      { ...manifest, metadata: { ...manifest.metadata, resourceVersion: version } },
    ]),
  );
}

/** The text under a key of a Secret. */
export function textOf(secret: any, key: string): string {
  return Buffer.from(secret.data[key], 'base64').toString('utf8');
}

/** The message of whatever a function throws. */
export async function messageOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error: any) {
    return error.message;
  }
  throw new Error('nothing was thrown');
}
