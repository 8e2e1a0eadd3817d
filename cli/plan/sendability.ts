const MIB = 1024 * 1024;
/** Of all values together. */
const LARGEST_CONFIG_MAP = 1 * MIB;
const LARGEST_IN_ETCD = 1.5 * MIB;
const LARGEST_REQUEST = 3 * MIB;
const FIX = 'split it, or keep what is large elsewhere';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Why a server would not take a manifest, where its own words help little, hold a secret value, or come only with the
 * write: a dry-run never reaches etcd. Undefined when nothing of this kind is wrong.
 */
export function unsendable(manifest: any): string | undefined {
  const { apiVersion, kind, data } = manifest;
  const isCore = (name: string) => apiVersion === 'v1' && kind === name;
  if (isCore('Secret')) {
    const wrong = Object.entries(data ?? {}).filter(
      ([, value]) => typeof value !== 'string' || !BASE64.test(unbroken(value)),
    );
    const keys = wrong.map(([key]) => `data.${key}`).join(', ');
    if (keys) return `${keys} is not base64: give the value as stringData, or encode it`;
  }
  const size = Buffer.byteLength(JSON.stringify(manifest));
  if (size > LARGEST_REQUEST) return tooLarge('an API server takes requests of', LARGEST_REQUEST, size);
  if (isCore('ConfigMap') || isCore('Secret')) {
    const held = sizeOf(data) + sizeOf(manifest.binaryData);
    if (held > LARGEST_CONFIG_MAP) return tooLarge(`a ${kind} holds`, LARGEST_CONFIG_MAP, held);
  }
  return size > LARGEST_IN_ETCD ? tooLarge('etcd takes objects of', LARGEST_IN_ETCD, size) : undefined;
}

/** Lines are no part of what base64 says. */
function unbroken(value: string): string {
  return value.replace(/[\r\n]/g, '');
}

function sizeOf(values: any): number {
  const all = Object.values(values ?? {}).filter((value) => typeof value === 'string') as string[];
  return all.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

function tooLarge(who: string, largest: number, size: number): string {
  const mib = (bytes: number) => `${(bytes / MIB).toFixed(1)} MiB`;
  return `${who} at most ${mib(largest)}, and this one has ${mib(size)}: ${FIX}`;
}
