import { createHash } from 'node:crypto';

/** The longest name of an object. */
const LONGEST_NAME = 253;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** What a DNS label looks like, in words. */
export const LABEL_RULE = 'lower case letters, digits and -, beginning and ending with a letter or a digit';

/** What a label value looks like, in words. */
export const LABEL_VALUE_RULE = 'at most 63 letters, digits, -, _ and ., beginning and ending with a letter or a digit';

/** What a label key looks like, in words. */
export const LABEL_KEY_RULE = `${LABEL_VALUE_RULE}, with an optional domain and / in front`;

/** RFC 1123 label, of at most so many characters. */
export function isDnsLabel(text: string, longest = 63): boolean {
  return text.length <= longest && LABEL.test(text);
}

/** RFC 1123 subdomain: what most objects may be named. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= LONGEST_NAME && SUBDOMAIN.test(text);
}

/** The value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED.test(text));
}

/** The key of a label, an annotation or a taint. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop() as string;
  return (
    name.length <= 63 &&
    QUALIFIED.test(name) &&
    (parts.length === 0 || (parts.length === 1 && isDnsSubdomain(parts[0])))
  );
}

/** A name that an object may have: as given when it is short enough, else cut, with a hash of the whole. */
export function limited(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, LONGEST_NAME - hash.length - 1).replace(/[-.]+$/, '')}-${hash}`;
}

/** A name that any object may have, from that of one whose kind takes more: roles, for instance, may be named `Web:edit`. */
export function nameFrom(text: string): string {
  const parts = text
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .split('.')
    .map((part) => part.replace(/^-+|-+$/g, ''));
  return limited(parts.filter((part) => part !== '').join('.'));
}
