import { PatchError } from './json-pointer';

/**
 * The parts of an image's name. The first segment is a registry only when it could not be anything else; Docker's
 * defaults play no part. A tag makes Karmada forget a digest.
 *
 * Mirrors `pkg/util/imageparser/parser.go` of Karmada v1.18.2.
 */
export interface ImageParts {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

const ALNUM = '[a-z0-9]+';
const COMPONENT = `${ALNUM}(?:(?:\\.|_|__|-+)${ALNUM})*`;
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const TAG = '[\\w][\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^((?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const WHOLE_TAG = new RegExp(`^${TAG}$`);
const WHOLE_DIGEST = new RegExp(`^${DIGEST}$`);

/** Reads an image; one that is not a reference is an error. */
export function parseImage(image: string): ImageParts {
  const match = REFERENCE.exec(image);
  if (match === null) throw new PatchError(`not an image: ${JSON.stringify(image.slice(0, 200))}`);
  const [, name, tag = '', digest = ''] = match;
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = /[.:]/.test(first) || first === 'localhost';
  return {
    registry: isRegistry ? first : '',
    repository: isRegistry ? name.slice(slash + 1) : name,
    tag,
    digest: tag === '' ? digest : '',
  };
}

/** Writes it again. */
export function imageText(image: ImageParts): string {
  const name = image.registry ? `${image.registry}/${image.repository}` : image.repository;
  if (image.tag) return `${name}:${image.tag}`;
  return image.digest ? `${name}@${image.digest}` : name;
}

/** A text that is neither a tag nor a digest changes nothing. */
function withTagOrDigest(image: ImageParts, text: string): ImageParts {
  if (WHOLE_TAG.test(text)) return { ...image, tag: text, digest: '' };
  if (WHOLE_DIGEST.test(text)) return { ...image, tag: '', digest: text };
  return image;
}

/** What `imageOverrider` does to one image. */
export function editImage(image: ImageParts, component: string, operator: string, value: string): ImageParts {
  switch (`${component} ${operator}`) {
    case 'Registry add':
      return { ...image, registry: image.registry + value };
    case 'Registry replace':
      return { ...image, registry: value };
    case 'Registry remove':
      return { ...image, registry: '' };
    case 'Repository add':
      return { ...image, repository: image.repository + value };
    case 'Repository replace':
      return { ...image, repository: value };
    case 'Repository remove':
      return { ...image, repository: '' };
    case 'Tag add':
      return withTagOrDigest(image, (image.tag || image.digest) + value);
    case 'Tag replace':
      return withTagOrDigest(image, value);
    case 'Tag remove':
      return image.tag ? { ...image, tag: '' } : { ...image, digest: '' };
    default:
      throw new PatchError(`unknown image override: ${component} ${operator}`);
  }
}
