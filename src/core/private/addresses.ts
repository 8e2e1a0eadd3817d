const PART = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${PART}(\\.${PART}){3}$`);

/** An IPv4 or IPv6 address. */
export function isIP(text: string): boolean {
  return IPV4.test(text) || isIPv6(text);
}

/** A range of addresses, such as `10.0.0.0/8`. */
export function isIPRange(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits ?? '')) return false;
  return (IPV4.test(address) && Number(bits) <= 32) || (isIPv6(address) && Number(bits) <= 128);
}

function isIPv6(text: string): boolean {
  return text.includes(':') && /^[0-9A-Fa-f:.]+$/.test(text) && URL.canParse(`http://[${text}]`);
}
